import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type CallNews, Problem } from '../api';
import { Call, ENDED_STAYS, RINGS } from './call';
import type { CallProblem } from './call-state';
import type { Line, LineOptions } from './line';

const ID = 'ct_01';

const news = (state: CallNews['state'], version: number, more: Partial<CallNews> = {}): CallNews => {
  return { id: ID, state, agent: 'Camille', version, ...more };
};

/** As much of a microphone as is used of one. */
const microphone = () => ({ enabled: true, onended: null, stop: vi.fn() }) as unknown as MediaStreamTrack;

function setUp() {
  const lines: LineOptions[] = [];
  const line = {
    restart: vi.fn<Line['restart']>(async () => {}),
    replaceMicrophone: vi.fn<Line['replaceMicrophone']>(async () => {}),
    close: vi.fn<Line['close']>(),
  };
  const track = microphone();
  const ports = {
    answer: vi.fn(async (_: string) => `ticket-${ports.answer.mock.calls.length}`),
    end: vi.fn(async (_: string) => {}),
    refresh: vi.fn(async () => {}),
    obstacle: vi.fn((): CallProblem | undefined => undefined),
    openMicrophone: vi.fn(async () => track),
    openLine: vi.fn(async (options: LineOptions): Promise<Line> => {
      lines.push(options);
      return line;
    }),
    play: vi.fn(async (_: MediaStreamTrack | undefined) => {}),
    ring: vi.fn(),
    onChange: vi.fn(),
  };
  const call = new Call(ports);
  const ringing = () => ports.ring.mock.lastCall?.[0];
  return { call, ports, line, lines, track, ringing };
}

function ring() {
  const all = setUp();
  all.call.hear(news('ringing', 1));
  return all;
}

async function talk() {
  const all = ring();
  await all.call.answer();
  expect(all.call.state.phase).toBe('live');
  return all;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('rings until the centre says that it is over', () => {
  const { call, ports, ringing } = ring();
  expect(call.state).toMatchObject({ phase: 'ringing', agent: 'Camille' });
  expect(ringing()).toBe(true);
  call.hear(news('over', 2));
  expect(call.state).toMatchObject({ phase: 'ended', ended: 'over' });
  expect(ringing()).toBe(false);
  expect(ports.end).not.toHaveBeenCalled();
  vi.advanceTimersByTime(ENDED_STAYS);
  expect(call.state.phase).toBe('none');
});

it('stops ringing by itself after a while, and says so once', async () => {
  const { call, ports, ringing } = ring();
  vi.advanceTimersByTime(RINGS - 1);
  expect(ringing()).toBe(true);
  await vi.advanceTimersByTimeAsync(1);
  expect(ringing()).toBe(false);
  expect(ports.end).toHaveBeenCalledExactlyOnceWith(ID);
  expect(call.state.phase).toBe('ended');
});

it('does not end, after that while, what another tab has just answered', async () => {
  const { call, ports } = ring();
  ports.refresh.mockImplementation(async () => call.look()(news('live', 2)));
  await vi.advanceTimersByTimeAsync(RINGS);
  expect(ports.end).not.toHaveBeenCalled();
  expect(call.state.phase).toBe('elsewhere');
});

it('believes the latest news, in whatever order they come', () => {
  const { call } = setUp();
  call.hear(news('over', 3));
  call.hear(news('ringing', 1));
  expect(call.state.phase).toBe('none');
  call.hear(news('ringing', 1, { id: 'ct_02' }));
  expect(call.state.phase).toBe('ringing');
  call.hear(news('over', 9)); // of the call before
  expect(call.state.phase).toBe('ringing');
});

it('rings, and stops, by what the thread says', () => {
  const { call, ringing } = setUp();
  call.look()(news('ringing', 1));
  expect(ringing()).toBe(true);
  call.look()(undefined);
  expect(ringing()).toBe(false);
  expect(call.state.phase).toBe('ended');
});

it('does not stop for an answer that a call has overtaken', () => {
  const { call } = setUp();
  const found = call.look();
  call.hear(news('ringing', 1));
  found(null);
  expect(call.state.phase).toBe('ringing');
});

it('declines, and does not ring again for news that were on their way', () => {
  const { call, ports, ringing } = ring();
  call.end();
  expect(call.state.phase).toBe('none');
  expect(ports.end).toHaveBeenCalledExactlyOnceWith(ID);
  call.hear(news('ringing', 2));
  expect(ringing()).toBe(false);
  expect(ports.end).toHaveBeenCalledTimes(2); // the centre may not have heard
  call.look()(news('ringing', 2));
  expect(ports.end).toHaveBeenCalledTimes(3);
  call.hear(news('over', 3));
  expect(ports.end).toHaveBeenCalledTimes(3);
  call.hear(news('ringing', 1, { id: 'ct_02' }));
  expect(ringing()).toBe(true);
});

it('asks for the microphone first, then answers, then talks', async () => {
  const { call, ports, lines, ringing } = ring();
  const answering = call.answer();
  expect(call.state.phase).toBe('asking');
  expect(ringing()).toBe(false);
  expect(ports.answer).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(0);
  await answering;
  expect(ports.answer).toHaveBeenCalledExactlyOnceWith(ID);
  expect(lines[0]?.ticket).toBe('ticket-1');
  expect(call.state).toMatchObject({ phase: 'live', since: Date.now(), agent: 'Camille', muted: false });
  call.hear(news('live', 2));
  expect(call.state.phase).toBe('live');
  vi.advanceTimersByTime(151_400);
  expect(call.on).toBe(true); // the ring’s limit is not the call’s
  call.hear(news('over', 3));
  expect(call.state).toMatchObject({ phase: 'ended', ended: 'over', seconds: 151 });
});

it('says why there is no microphone, and goes on ringing', async () => {
  const { call, ports, ringing } = ring();
  ports.openMicrophone.mockRejectedValueOnce(new DOMException('', 'NotAllowedError'));
  await call.answer();
  expect(call.state).toMatchObject({ phase: 'ringing', problem: 'denied' });
  expect(ringing()).toBe(true);
  expect(ports.answer).not.toHaveBeenCalled();
  await call.answer();
  expect(call.state.phase).toBe('live');
});

it('does not ask for what cannot be had', async () => {
  const { call, ports } = ring();
  ports.obstacle.mockReturnValue('insecure');
  await call.answer();
  expect(call.state).toMatchObject({ phase: 'ringing', problem: 'insecure' });
  expect(ports.openMicrophone).not.toHaveBeenCalled();
  vi.advanceTimersByTime(RINGS);
  expect(call.state).toMatchObject({ phase: 'ended' });
});

it('does not keep a microphone that comes too late', async () => {
  const { call, ports, track } = ring();
  let allow = (_: MediaStreamTrack) => {};
  ports.openMicrophone.mockReturnValue(new Promise((resolve) => (allow = resolve)));
  const answering = call.answer();
  call.hear(news('over', 2));
  allow(track);
  await answering;
  expect(track.stop).toHaveBeenCalled();
  expect(ports.answer).not.toHaveBeenCalled();
});

it('leaves a call to the tab that has answered it', () => {
  const { call, ports, ringing } = ring();
  call.hear(news('live', 2));
  expect(call.state.phase).toBe('elsewhere');
  expect(ringing()).toBe(false);
  call.end();
  call.leave();
  vi.advanceTimersByTime(RINGS);
  expect(ports.end).not.toHaveBeenCalled();
  call.hear(news('over', 3));
  expect(call.state.phase).toBe('none');
});

it('knows of a live call that it is another tab’s, also when it hears of nothing else', () => {
  const { call } = setUp();
  call.look()(news('live', 2));
  expect(call.state.phase).toBe('elsewhere');
  call.look()(null);
  expect(call.state.phase).toBe('none');
});

it('goes on ringing when the centre cannot be reached, and stops when it was too late', async () => {
  const { call, ports, track } = ring();
  ports.answer.mockRejectedValueOnce(new Problem(0, 'network'));
  await call.answer();
  expect(call.state).toMatchObject({ phase: 'ringing', problem: 'unreachable' });
  expect(track.stop).toHaveBeenCalled();
  ports.answer.mockRejectedValueOnce(new Problem(409, 'call-over'));
  await call.answer();
  expect(call.state).toMatchObject({ phase: 'ended', ended: 'over' });
  expect(ports.end).not.toHaveBeenCalled();
});

it('tries a second line, and gives up after that', async () => {
  const { call, ports, lines } = ring();
  ports.openLine.mockRejectedValueOnce(new Problem(503, 'whip'));
  await call.answer();
  expect(lines.map(({ ticket }) => ticket)).toEqual(['ticket-2']);
  expect(call.state.phase).toBe('live');

  const other = ring();
  other.ports.openLine.mockRejectedValue(new Error('no way'));
  await other.call.answer();
  expect(other.ports.openLine).toHaveBeenCalledTimes(2);
  expect(other.call.state).toMatchObject({ phase: 'ended', ended: 'failed' });
  expect(other.ports.end).toHaveBeenCalledExactlyOnceWith(ID);
});

it('hangs up: both ends learn of it', async () => {
  const { call, ports, line, track } = await talk();
  vi.advanceTimersByTime(2_000);
  call.end();
  expect(ports.end).toHaveBeenCalledExactlyOnceWith(ID);
  expect(line.close).toHaveBeenCalledOnce();
  expect(track.stop).toHaveBeenCalled();
  expect(ports.play).toHaveBeenLastCalledWith(undefined);
  expect(call.state).toMatchObject({ phase: 'ended', seconds: 2 });
  call.dismiss();
  expect(call.state.phase).toBe('none');
});

it('hangs up while it connects, and wants nothing of the line that opens then', async () => {
  const { call, ports, line, lines } = ring();
  let open = (_: Line) => {};
  ports.openLine.mockImplementation((options) => {
    lines.push(options);
    return new Promise((resolve) => (open = resolve));
  });
  const answering = call.answer();
  await vi.advanceTimersByTimeAsync(0);
  expect(call.state.phase).toBe('connecting');
  call.end();
  expect(lines[0]?.signal.aborted).toBe(true);
  open(line);
  await answering;
  expect(line.close).toHaveBeenCalledOnce();
  expect(call.state.phase).toBe('ended');
});

it('is over for a page that is left, once answered', async () => {
  const { call, ports } = ring();
  call.leave();
  expect(ports.end).not.toHaveBeenCalled(); // it rings on the next page
  await call.answer();
  call.leave();
  expect(ports.end).toHaveBeenCalledExactlyOnceWith(ID);
});
