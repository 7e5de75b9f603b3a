import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Problem } from './api';
import { HEARTBEAT, Link, OPEN_PATIENCE, PONG_PATIENCE, RENEW, SETTLE, type Socket } from './link';

class FakeSocket implements Socket {
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  sent: unknown[] = [];
  closed = false;
  constructor(readonly ticket: string) {}
  send = (data: unknown) => void this.sent.push(JSON.parse(String(data)));
  close = () => {
    if (this.closed) return;
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
    onDown: vi.fn(),
    onNews: vi.fn(),
    onTyping: vi.fn(),
    onCall: vi.fn(),
    onVersion: vi.fn(),
  };
  return { ports, sockets, link: new Link(ports), last: () => sockets.at(-1) as FakeSocket };
}

async function connected() {
  const all = setUp();
  all.link.start();
  await vi.advanceTimersByTimeAsync(0);
  all.last().open();
  return all;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('passes on what it understands, and nothing else', async () => {
  const { ports, last, link } = await connected();
  expect(ports.onUp).toHaveBeenCalledOnce();
  expect(link.up).toBe(true);
  const call = { id: 'ct_1', state: 'ringing', version: 1 };
  const news = { type: 'messages', thread: { version: 1 }, messages: [] };
  for (const message of [
    news,
    { type: 'typing' },
    { type: 'call', call },
    { type: 'call' },
    { type: 'pong', version: 4 },
    'no { json',
    'null',
    '{"type":"messages"}',
  ]) {
    last().receive(message);
  }
  expect(ports.onNews).toHaveBeenCalledExactlyOnceWith(news);
  expect(ports.onTyping).toHaveBeenCalledOnce();
  expect(ports.onCall).toHaveBeenCalledExactlyOnceWith(call);
  expect(ports.onVersion).toHaveBeenCalledExactlyOnceWith(4);
});

it('pings soon and then every minute, and gives up a connection that does not answer', async () => {
  const { ports, last, sockets } = await connected();
  await vi.advanceTimersByTimeAsync(SETTLE);
  expect(last().sent).toEqual([{ type: 'ping', visitor: true }]);
  last().receive({ type: 'pong', version: 1 });
  await vi.advanceTimersByTimeAsync(HEARTBEAT);
  expect(last().sent).toHaveLength(2);
  expect(ports.onDown).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(PONG_PATIENCE);
  expect(sockets[0]?.closed).toBe(true);
  expect(ports.onDown).toHaveBeenCalledOnce();
});

it('connects again, each time with a new ticket and after a longer wait', async () => {
  const { sockets, last } = await connected();
  last().close();
  await vi.advanceTimersByTimeAsync(500);
  last().close();
  await vi.advanceTimersByTimeAsync(499);
  expect(sockets).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(501);
  expect(sockets.map(({ ticket }) => ticket)).toEqual(['ticket-1', 'ticket-2', 'ticket-3']);
});

it('waits for as long as the centre asks', async () => {
  const { ports, sockets, link } = setUp();
  ports.ticket.mockRejectedValueOnce(new Problem(429, 'too-many-requests', 40));
  link.start();
  await vi.advanceTimersByTimeAsync(39_999);
  expect(sockets).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(sockets).toHaveLength(1);
});

it('gives up a connection that does not open', async () => {
  const { sockets, link } = setUp();
  link.start();
  await vi.advanceTimersByTimeAsync(OPEN_PATIENCE);
  expect(sockets[0]?.closed).toBe(true);
  await vi.advanceTimersByTimeAsync(500);
  expect(sockets).toHaveLength(2);
});

it('changes to a new connection before the service ends the old one, without a gap', async () => {
  const { ports, sockets } = await connected();
  const answering = setInterval(() => sockets[0]?.receive({ type: 'pong', version: 1 }), 1_000);
  await vi.advanceTimersByTimeAsync(RENEW);
  clearInterval(answering);
  expect(sockets).toHaveLength(2);
  expect(sockets[0]?.closed).toBe(false);
  sockets[1]?.open();
  expect(sockets[0]?.closed).toBe(true);
  expect(ports.onUp).toHaveBeenCalledTimes(2);
  expect(ports.onDown).not.toHaveBeenCalled();
});

it('does not wait when the network is back', async () => {
  const { link, last, sockets } = await connected();
  last().close();
  link.wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(sockets).toHaveLength(2);
});

it('stops when it is not wanted any more, and starts again', async () => {
  const { link, last, sockets } = await connected();
  link.stop();
  expect(last().closed).toBe(true);
  await vi.advanceTimersByTimeAsync(RENEW);
  expect(sockets).toHaveLength(1);
  link.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(sockets).toHaveLength(2);
});
