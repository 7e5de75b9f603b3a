import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AudioSession } from './audio-session';
import type { Peer, PeerOptions } from './peer';

class FakeTrack extends EventTarget {
  readyState = 'live';
  enabled = true;
  constructor(readonly device: string) {
    super();
  }
  stop(): void {
    this.readyState = 'ended';
  }
  unplug(): void {
    this.stop();
    this.dispatchEvent(new Event('ended'));
  }
}

interface OpenedPeer {
  options: PeerOptions;
  peer: Peer;
  closed: boolean;
  replaced: string[];
}

const device = (track: MediaStreamTrack) => (track as unknown as FakeTrack).device;

function setUp() {
  const peers: OpenedPeer[] = [];
  const tracks: FakeTrack[] = [];
  const ports = {
    openPeer: vi.fn(async (options: PeerOptions): Promise<Peer> => {
      const opened: OpenedPeer = {
        options,
        closed: false,
        replaced: [],
        peer: {
          session: { id: `session-${peers.length + 1}`, answer: '', remove: async () => undefined },
          replaceMicrophone: async (track) => void opened.replaced.push(device(track)),
          close: () => {
            opened.closed = true;
          },
        },
      };
      peers.push(opened);
      return opened.peer;
    }),
    openMicrophone: vi.fn(async (id: string) => {
      tracks.push(new FakeTrack(id));
      return tracks.at(-1) as unknown as MediaStreamTrack;
    }),
    obstacle: vi.fn<() => 'insecure' | undefined>(() => undefined),
    ticket: async () => 'ticket',
    carrier: vi.fn(async () => ''),
    play: vi.fn(async () => undefined),
  };
  return { audio: new AudioSession(ports), ports, peers, tracks };
}

async function upAndRunning() {
  const all = setUp();
  all.audio.hold(true);
  all.audio.want(true);
  await settled();
  expect(all.audio.get().phase).toBe('up');
  return all;
}

const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('MediaStream', class {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('opens once it is wanted and this tab may, and stays up while calls come and go', async () => {
  const { audio, peers } = setUp();
  audio.want(true);
  await settled();
  expect(audio.get()).toMatchObject({ phase: 'elsewhere', elsewhere: 'tab' });
  audio.hold(true);
  await settled();
  expect(audio.get()).toMatchObject({ phase: 'up', elsewhere: undefined });
  audio.want(true);
  audio.observe('session-1');
  await settled();
  expect(peers).toHaveLength(1);
});

it('closes everything when it is not wanted any more', async () => {
  const { audio, peers, tracks } = await upAndRunning();
  audio.want(false);
  expect([audio.get().phase, peers[0]?.closed, tracks[0]?.readyState]).toEqual(['off', true, 'ended']);
});

it('opens a new path with the same microphone when the old one is lost', async () => {
  const { audio, peers, tracks } = await upAndRunning();
  peers[0]?.options.onLost();
  expect(audio.get().phase).toBe('reconnecting');
  await settled();
  expect(audio.get().phase).toBe('up');
  expect(peers.map(({ closed }) => closed)).toEqual([true, false]);
  expect(tracks).toHaveLength(1);
});

it('keeps trying while the node cannot be reached, and says so', async () => {
  const { audio, ports, peers } = setUp();
  ports.openPeer.mockRejectedValueOnce(new Error('503')).mockRejectedValueOnce(new Error('503'));
  audio.hold(true);
  audio.want(true);
  await settled();
  expect(audio.get()).toMatchObject({ phase: 'starting', problem: 'unreachable' });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(audio.get()).toMatchObject({ phase: 'up', problem: undefined });
  expect(peers).toHaveLength(1);
});

it.each([
  ['NotAllowedError', 'denied'],
  ['NotFoundError', 'noMicrophone'],
  ['NotReadableError', 'busy'],
  ['OtherError', 'unknown'],
])('explains %s and tries again when devices or permissions change', async (name, problem) => {
  const { audio, ports } = setUp();
  ports.openMicrophone.mockRejectedValueOnce(new DOMException('', name));
  audio.hold(true);
  audio.want(true);
  await settled();
  expect(audio.get()).toMatchObject({ phase: 'blocked', problem });
  expect(ports.openPeer).not.toHaveBeenCalled();
  audio.devicesChanged();
  await settled();
  expect(audio.get()).toMatchObject({ phase: 'up', problem: undefined });
});

it('explains a page that may not use a microphone without asking for one', async () => {
  const { audio, ports } = setUp();
  ports.obstacle.mockReturnValue('insecure');
  audio.hold(true);
  audio.want(true);
  await settled();
  expect(audio.get()).toMatchObject({ phase: 'blocked', problem: 'insecure' });
  expect(ports.openMicrophone).not.toHaveBeenCalled();
});

it('changes the microphone under a running path', async () => {
  const { audio, peers, tracks } = await upAndRunning();
  await audio.chooseMicrophone('headset');
  expect(peers).toHaveLength(1);
  expect(peers[0]?.replaced).toEqual(['headset']);
  expect(tracks.map(({ readyState }) => readyState)).toEqual(['ended', 'live']);
});

it('falls back when the microphone is unplugged, and says when there is none left', async () => {
  const { audio, ports, peers, tracks } = await upAndRunning();
  tracks[0]?.unplug();
  await settled();
  expect(peers[0]?.replaced).toEqual(['']);
  ports.openMicrophone.mockRejectedValueOnce(new DOMException('', 'NotFoundError'));
  tracks[1]?.unplug();
  await settled();
  expect(audio.get()).toMatchObject({ phase: 'up', problem: 'noMicrophone' });
  audio.devicesChanged();
  await settled();
  expect(audio.get().problem).toBeUndefined();
});

it('gives way to a newer session of another device and does not fight', async () => {
  const { audio, peers } = await upAndRunning();
  audio.observe('older-session'); // what the record said before ours was noted
  expect(audio.get().phase).toBe('up');
  audio.observe('session-1');
  audio.observe('newer-session');
  expect(audio.get()).toMatchObject({ phase: 'elsewhere', elsewhere: 'device' });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(peers).toHaveLength(1);
  audio.restart();
  await settled();
  expect(audio.get().phase).toBe('up');
});

it('asks who carries the audio before it reopens what was lost', async () => {
  const { audio, ports, peers } = await upAndRunning();
  audio.observe('session-1');
  ports.carrier.mockResolvedValue('newer-session');
  peers[0]?.options.onLost();
  await settled();
  expect(audio.get().phase).toBe('elsewhere');
  expect(peers).toHaveLength(1);
});

it('hands over to another tab and takes back when that one closes', async () => {
  const { audio, ports, peers, tracks } = await upAndRunning();
  audio.observe('session-1');
  ports.carrier.mockResolvedValue('session-of-the-other-tab');
  audio.hold(false);
  expect(audio.get()).toMatchObject({ phase: 'elsewhere', elsewhere: 'tab' });
  expect([peers[0]?.closed, tracks[0]?.readyState]).toEqual([true, 'ended']);
  audio.hold(true);
  await settled();
  expect(audio.get().phase).toBe('up');
});

it('opens a new path at once when the network comes back', async () => {
  const { audio, peers } = await upAndRunning();
  audio.reopen();
  await settled();
  expect(peers.map(({ closed }) => closed)).toEqual([true, false]);
});

it('tells that the browser keeps the page silent, until a click', async () => {
  const { audio, ports, peers } = await upAndRunning();
  ports.play.mockRejectedValueOnce(new DOMException('', 'NotAllowedError'));
  peers[0]?.options.onRemoteTrack({} as MediaStreamTrack);
  await settled();
  expect(audio.get().silenced).toBe(true);
  audio.unsilence();
  await settled();
  expect(audio.get().silenced).toBe(false);
});

it('drops a path that was opened for an attempt that is over', async () => {
  const { audio, ports, peers } = setUp();
  let open: () => void = () => undefined;
  const opening = ports.openPeer.getMockImplementation();
  ports.openPeer.mockImplementationOnce(async (options) => {
    await new Promise<void>((resolve) => {
      open = resolve;
    });
    return (opening as NonNullable<typeof opening>)(options);
  });
  audio.hold(true);
  audio.want(true);
  await settled();
  audio.want(false);
  open();
  await settled();
  expect([audio.get().phase, peers[0]?.closed]).toEqual(['off', true]);
});

it('is muted for each reason by itself, on whatever microphone there is', async () => {
  const { audio, tracks, peers } = await upAndRunning();
  audio.mute('agent', true);
  audio.mute('hold', true);
  expect(audio.get().muted).toEqual(['agent', 'hold']);
  audio.mute('hold', false);
  expect(audio.get().muted).toEqual(['agent']);
  expect(tracks.at(-1)?.enabled).toBe(false);

  await audio.chooseMicrophone('other');
  expect(tracks.map(({ device: id, enabled }) => [id, enabled])).toEqual([
    ['', false],
    ['other', false],
  ]);
  peers.at(-1)?.options.onLost();
  await settled();
  expect(audio.get()).toMatchObject({ phase: 'up', muted: ['agent'] });
  audio.restart();
  await settled();
  expect(tracks).toHaveLength(3);
  expect(tracks.at(-1)?.enabled).toBe(false);
  audio.mute('agent', false);
  expect(tracks.at(-1)?.enabled).toBe(true);
  expect(audio.get().muted).toEqual([]);
});

it('follows a mute that changes while another microphone opens', async () => {
  const { audio, tracks, ports } = await upAndRunning();
  const opened = ports.openMicrophone.getMockImplementation();
  ports.openMicrophone.mockImplementationOnce(async (id) => {
    const track = await opened?.(id);
    queueMicrotask(() => audio.mute('hold', true));
    return track as MediaStreamTrack;
  });
  await audio.chooseMicrophone('other');
  await settled();
  expect(tracks.at(-1)).toMatchObject({ device: 'other', enabled: false });
});
