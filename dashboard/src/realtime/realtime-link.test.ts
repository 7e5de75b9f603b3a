import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { HEARTBEAT, OPEN_PATIENCE, PONG_PATIENCE, RECONNECT, RealtimeLink, SETTLE, type Socket } from './realtime-link';

class FakeSocket implements Socket {
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  onerror: Socket['onerror'] = null;
  sent: string[] = [];
  closed = false;
  constructor(readonly ticket: string) {}
  send = (data: unknown) => void this.sent.push(String(data));
  close = () => {
    this.closed = true;
    this.onclose?.call(this as never, {} as CloseEvent);
  };
  open = () => this.onopen?.call(this as never, {} as Event);
  receive = (message: unknown) => {
    const data = typeof message === 'string' ? message : JSON.stringify(message);
    this.onmessage?.call(this as never, { data } as MessageEvent);
  };
}

function setUp() {
  const sockets: FakeSocket[] = [];
  let tickets = 0;
  const ports = {
    ticket: vi.fn(async () => `ticket-${++tickets}`),
    openSocket: (ticket: string) => {
      sockets.push(new FakeSocket(ticket));
      return sockets.at(-1) as FakeSocket;
    },
    onUp: vi.fn(),
    onLost: vi.fn(),
    onPatch: vi.fn(),
    onPong: vi.fn(),
    onTyping: vi.fn(),
    onCards: vi.fn(),
    onRefused: vi.fn(() => true),
    random: () => 0.5,
  };
  const link = new RealtimeLink(ports);
  return { link, ports, sockets, last: () => sockets.at(-1) as FakeSocket };
}

async function connected() {
  const all = setUp();
  await vi.advanceTimersByTimeAsync(0);
  all.last().open();
  await vi.advanceTimersByTimeAsync(0);
  return all;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('connects with a fresh ticket and says so only when the connection is open', async () => {
  const { ports, last } = setUp();
  await vi.advanceTimersByTimeAsync(0);
  expect(last().ticket).toBe('ticket-1');
  expect(ports.onUp).not.toHaveBeenCalled();
  last().open();
  expect(ports.onUp).toHaveBeenCalledExactlyOnceWith(false);
  await vi.advanceTimersByTimeAsync(SETTLE);
  expect(ports.onUp).toHaveBeenCalledTimes(2);
  expect(ports.onUp).toHaveBeenLastCalledWith(true);
});

it('passes on patches, pongs and cards, and nothing that it does not understand', async () => {
  const { ports, last } = await connected();
  last().receive({ type: 'patch', agents: [] });
  last().receive({ type: 'pong', agentVersion: 3 });
  last().receive({ type: 'typing', chatId: 'chat-1' });
  last().receive({ type: 'cards', cards: [{ queueId: 'q-1' }] });
  last().receive({ type: 'news' });
  last().receive('{ half');
  last().receive('null');
  expect(ports.onPatch).toHaveBeenCalledExactlyOnceWith({ type: 'patch', agents: [] });
  expect(ports.onPong).toHaveBeenCalledExactlyOnceWith({ type: 'pong', agentVersion: 3 });
  expect(ports.onTyping).toHaveBeenCalledExactlyOnceWith({ type: 'typing', chatId: 'chat-1' });
  expect(ports.onCards).toHaveBeenCalledExactlyOnceWith([{ queueId: 'q-1' }]);
});

it('sends heartbeats and keeps a connection that answers them', async () => {
  const { ports, last, sockets } = await connected();
  for (let minute = 1; minute <= 5; minute++) {
    await vi.advanceTimersByTimeAsync(HEARTBEAT);
    expect(last().sent).toHaveLength(minute);
    last().receive({ type: 'pong', agentVersion: 1 });
  }
  expect(JSON.parse(last().sent[0] ?? '')).toEqual({ type: 'ping' });
  expect(sockets).toHaveLength(1);
  expect(ports.onLost).not.toHaveBeenCalled();
});

it('gives up a connection that answers no heartbeat', async () => {
  const { ports, sockets } = await connected();
  await vi.advanceTimersByTimeAsync(HEARTBEAT + 2 * PONG_PATIENCE);
  expect(sockets[0]?.closed).toBe(true);
  expect(ports.onLost).toHaveBeenCalledOnce();
});

it('reconnects with waits that grow, and with a ticket for each try', async () => {
  const { ports, sockets, last } = await connected();
  last().close();
  expect(ports.onLost).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(374);
  expect(sockets).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(sockets).toHaveLength(2);
  last().close();
  await vi.advanceTimersByTimeAsync(749);
  expect(sockets).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(sockets.map(({ ticket }) => ticket)).toEqual(['ticket-1', 'ticket-2', 'ticket-3']);
  expect(ports.onLost).toHaveBeenCalledOnce();
});

it('does not wait when the network is back', async () => {
  const { link, sockets, ports } = await connected();
  link.sleep();
  expect(ports.onLost).toHaveBeenCalledOnce();
  link.wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(sockets).toHaveLength(2);
});

it('finds out after sleep whether the connection lives, soon', async () => {
  const { link, sockets, last } = await connected();
  link.wake();
  last().receive({ type: 'pong', agentVersion: 1 });
  await vi.advanceTimersByTimeAsync(PONG_PATIENCE);
  expect(sockets).toHaveLength(1);
  link.wake();
  await vi.advanceTimersByTimeAsync(PONG_PATIENCE + 400);
  expect(sockets).toHaveLength(2);
});

it('changes connections before the limit, opening the next before closing the last', async () => {
  const { sockets, ports } = await connected();
  const answering = setInterval(() => sockets[0]?.receive({ type: 'pong', agentVersion: 1 }), 1_000);
  await vi.advanceTimersByTimeAsync(RECONNECT);
  clearInterval(answering);
  expect(sockets).toHaveLength(2);
  expect(sockets[0]?.closed).toBe(false);
  sockets[0]?.receive({ type: 'patch' });
  expect(ports.onPatch).toHaveBeenCalledOnce();
  sockets[1]?.open();
  expect(sockets[0]?.closed).toBe(true);
  expect(ports.onUp).toHaveBeenCalledTimes(3); // the first, once more when it had settled, and the second
  expect(ports.onLost).not.toHaveBeenCalled();
});

it('gives up a connection that never opens', async () => {
  const { sockets } = setUp();
  await vi.advanceTimersByTimeAsync(OPEN_PATIENCE);
  expect(sockets[0]?.closed).toBe(true);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sockets).toHaveLength(2);
});

it('stops asking for tickets when told that it is useless', async () => {
  const { ports, sockets } = setUp();
  ports.ticket.mockRejectedValue(new Error('no agent'));
  ports.onRefused.mockReturnValue(false);
  sockets.length = 0;
  await vi.advanceTimersByTimeAsync(0);
  sockets[0]?.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ports.onRefused).toHaveBeenCalledOnce();
});

it('does nothing more once stopped', async () => {
  const { link, ports, sockets } = await connected();
  link.stop();
  expect(sockets[0]?.closed).toBe(true);
  link.wake();
  await vi.advanceTimersByTimeAsync(RECONNECT);
  expect(sockets).toHaveLength(1);
  expect(ports.onLost).not.toHaveBeenCalled();
});
