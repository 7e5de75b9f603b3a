import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Problem } from '../api';
import type { Line, LineOptions } from './line';
import { GIVE_UP, RESTART_EVERY, Talk, UNSAID } from './talk';

const microphone = () => ({ enabled: true, onended: null, stop: vi.fn() }) as unknown as MediaStreamTrack;

async function setUp() {
  let options!: LineOptions;
  const line = {
    restart: vi.fn<Line['restart']>(async () => {}),
    replaceMicrophone: vi.fn<Line['replaceMicrophone']>(async () => {}),
    close: vi.fn<Line['close']>(),
  };
  const ports = {
    openLine: async (given: LineOptions) => {
      options = given;
      return line;
    },
    openMicrophone: vi.fn(async () => microphone()),
    play: vi.fn(async (_: MediaStreamTrack | undefined) => {}),
  };
  const track = microphone();
  const onEnd = vi.fn();
  const talk = new Talk(track, ports, vi.fn(), onEnd);
  await talk.open('ticket');
  return { talk, ports, line, track, onEnd, options };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('restarts the line until it is back, and says so only if it takes a moment', async () => {
  const { talk, line, options, onEnd } = await setUp();
  options.onUp(false);
  expect(line.restart).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(UNSAID - 1);
  expect(talk.state.interrupted).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(talk.state.interrupted).toBe(true);
  line.restart.mockRejectedValueOnce(new Problem(0, 'network'));
  await vi.advanceTimersByTimeAsync(2 * RESTART_EVERY);
  expect(line.restart).toHaveBeenCalledTimes(3);
  options.onUp(true);
  expect(talk.state.interrupted).toBe(false);
  await vi.advanceTimersByTimeAsync(GIVE_UP);
  expect(line.restart).toHaveBeenCalledTimes(3);
  expect(onEnd).not.toHaveBeenCalled();
});

it('gives up a line that does not come back', async () => {
  const { line, options, onEnd } = await setUp();
  line.restart.mockRejectedValue(new Problem(0, 'network'));
  options.onUp(false);
  options.onUp(false); // first it is disconnected, then it has failed
  await vi.advanceTimersByTimeAsync(GIVE_UP - 1);
  expect(onEnd).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(onEnd).toHaveBeenCalledExactlyOnceWith('lost');
});

it('takes a line that the node has ended for an end, and not for a loss', async () => {
  const { talk, line, options, onEnd } = await setUp();
  line.restart.mockRejectedValue(new Problem(404, 'whip'));
  options.onUp(false);
  await vi.advanceTimersByTimeAsync(0);
  expect(onEnd).toHaveBeenCalledExactlyOnceWith('over');
  talk.close();
  await vi.advanceTimersByTimeAsync(GIVE_UP);
  expect(onEnd).toHaveBeenCalledOnce();
  expect(line.restart).toHaveBeenCalledOnce();
});

it('mutes, also a microphone that takes the place of another', async () => {
  const { talk, line, track } = await setUp();
  talk.mute(true);
  expect(track.enabled).toBe(false);
  track.onended?.(new Event('ended'));
  await vi.advanceTimersByTimeAsync(0);
  const next = line.replaceMicrophone.mock.lastCall?.[0];
  expect(next?.enabled).toBe(false);
  talk.mute(false);
  expect(next?.enabled).toBe(true);
  expect(talk.state.problem).toBeUndefined();
});

it('says that the microphone is gone, until there is one again', async () => {
  const { talk, ports, track, onEnd } = await setUp();
  ports.openMicrophone.mockRejectedValueOnce(new DOMException('', 'NotFoundError'));
  track.onended?.(new Event('ended'));
  await vi.advanceTimersByTimeAsync(0);
  expect(talk.state.problem).toBe('missing');
  expect(onEnd).not.toHaveBeenCalled();
  await talk.replaceMicrophone();
  expect(talk.state.problem).toBeUndefined();
});

it('tells that the browser plays nothing yet', async () => {
  const { talk, ports, options } = await setUp();
  const remote = microphone();
  ports.play.mockRejectedValueOnce(new DOMException('', 'NotAllowedError'));
  options.onTrack(remote);
  await vi.advanceTimersByTimeAsync(0);
  expect(talk.state.silenced).toBe(true);
  talk.unsilence();
  await vi.advanceTimersByTimeAsync(0);
  expect(ports.play).toHaveBeenLastCalledWith(remote);
  expect(talk.state.silenced).toBe(false);
});
