import { Backoff } from '../realtime/backoff';
import { type AudioProblem, microphoneProblem } from './audio-problem';
import { type AudioState, audioOff, type MuteReason } from './audio-state';
import type { Peer, PeerOptions } from './peer';

export interface AudioPorts {
  openPeer: (options: PeerOptions) => Promise<Peer>;
  openMicrophone: (deviceId: string) => Promise<MediaStreamTrack>;
  obstacle: () => AudioProblem | undefined;
  ticket: () => Promise<string>;
  /** The session that the server believes carries this agent's audio; asked before audio that was lost is opened again. */
  carrier: () => Promise<string>;
  play: (incoming: MediaStream | undefined) => Promise<void>;
}

/**
 * The agent's one audio path: up while it is wanted and this tab may have it, across calls, opened again when it
 * breaks, and left alone when another tab or device took over. It does not know of calls.
 */
export class AudioSession {
  private state: AudioState = audioOff;
  private readonly listeners = new Set<() => void>();
  private readonly backoff = new Backoff(250, 5_000);
  private wanted = false;
  private held = false;
  private yielded = false;
  private microphoneId = '';
  private track: MediaStreamTrack | undefined;
  private readonly muted = new Set<MuteReason>();
  private peer: Peer | undefined;
  private attempt: AbortController | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private wasUp = false;
  private confirmedId = '';

  constructor(private readonly ports: AudioPorts) {}

  readonly get = (): AudioState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** A queue is joined or a call is on. */
  want(wanted: boolean): void {
    if (this.wanted === wanted) return;
    this.wanted = wanted;
    this.settle();
  }

  /** This tab is, or is no longer, the one of this browser that may carry audio. */
  hold(held: boolean): void {
    this.held = held;
    this.yielded = false;
    this.confirmedId = ''; // what this tab knew of the carrier is out of date: tabs of one browser settle it among themselves
    this.settle();
  }

  /** The server says which session carries the agent's audio: another one after ours means that ours was replaced. */
  observe(audioId: string): void {
    const mine = this.peer?.session.id;
    if (mine && audioId === mine) this.confirmedId = mine;
    else if (mine && audioId && this.confirmedId === mine) this.yieldAudio();
  }

  /** The agent wants the audio here, or has removed what stood in its way. */
  restart(): void {
    this.yielded = false;
    this.wasUp = false;
    this.backoff.reset();
    this.close();
    this.settle();
  }

  /** The network was away: the path that was open, or is being tried, leads nowhere any more. */
  reopen(): void {
    if (!this.peer && this.state.phase !== 'reconnecting' && this.state.phase !== 'starting') return;
    this.backoff.reset();
    clearTimeout(this.retry);
    void this.open();
  }

  /** A device came or went, or the permission changed: what was in the way may not be any more. */
  devicesChanged(): void {
    if (this.state.phase === 'blocked') this.restart();
    else if (this.state.problem && this.track?.readyState === 'ended') void this.changeMicrophone();
  }

  async chooseMicrophone(deviceId: string): Promise<void> {
    this.microphoneId = deviceId;
    if (this.track) await this.changeMicrophone();
    else if (this.state.phase === 'blocked') this.restart();
  }

  /** Closes the microphone for a reason, or takes that reason back: with none left it is open again, whichever it is by then. */
  mute(reason: MuteReason, on: boolean): void {
    if (this.muted.has(reason) === on) return;
    if (on) this.muted.add(reason);
    else this.muted.delete(reason);
    if (this.track) this.gate(this.track);
    this.set(this.state);
  }

  /** After the agent clicked something: what was silenced may play now. */
  unsilence(): void {
    if (this.state.silenced && this.state.incoming) void this.play(this.state.incoming);
  }

  stop(): void {
    this.wanted = false;
    this.close();
    this.set(audioOff);
  }

  private settle(): void {
    const mayRun = this.wanted && this.held && !this.yielded;
    if (mayRun) {
      if (!this.peer && !this.attempt) void this.open();
      return;
    }
    this.close();
    const elsewhere = this.wanted ? (this.held ? 'device' : 'tab') : undefined;
    this.set({ ...audioOff, phase: elsewhere ? 'elsewhere' : 'off', elsewhere });
  }

  private async open(): Promise<void> {
    this.closePeer();
    const attempt = new AbortController();
    this.attempt = attempt;
    this.set({ ...this.state, phase: this.wasUp ? 'reconnecting' : 'starting', elsewhere: undefined });
    try {
      if (this.wasUp && (await this.replaced())) return this.yieldAudio();
      const track = await this.ensureMicrophone();
      if (attempt.signal.aborted || !track) return;
      const peer = await this.ports.openPeer(this.peerOptions(track, attempt));
      if (attempt.signal.aborted) return peer.close();
      this.adopt(peer);
    } catch {
      if (!attempt.signal.aborted) this.retryLater();
    } finally {
      if (this.attempt === attempt) this.attempt = undefined;
    }
  }

  private peerOptions(microphone: MediaStreamTrack, attempt: AbortController): PeerOptions {
    return {
      microphone,
      ticket: this.ports.ticket,
      signal: attempt.signal,
      onRemoteTrack: (track) => {
        if (!attempt.signal.aborted) void this.play(new MediaStream([track]));
      },
      onLost: () => {
        if (!attempt.signal.aborted) void this.open();
      },
    };
  }

  private adopt(peer: Peer): void {
    this.peer = peer;
    this.wasUp = true;
    this.confirmedId = '';
    this.backoff.reset();
    this.set({ ...this.state, phase: 'up', problem: undefined });
  }

  private retryLater(): void {
    this.set({ ...this.state, problem: 'unreachable' });
    clearTimeout(this.retry);
    this.retry = setTimeout(() => void this.open(), this.backoff.next());
  }

  private async replaced(): Promise<boolean> {
    const carrier = await this.ports.carrier();
    return carrier !== '' && this.confirmedId !== '' && carrier !== this.confirmedId;
  }

  private yieldAudio(): void {
    this.yielded = true;
    this.settle();
  }

  /** The open microphone, or undefined after telling the agent what is in the way. */
  private async ensureMicrophone(): Promise<MediaStreamTrack | undefined> {
    if (this.track?.readyState === 'live') return this.track;
    const obstacle = this.ports.obstacle();
    try {
      if (obstacle) throw obstacle;
      return this.hear(await this.openMicrophone());
    } catch (error) {
      this.set({ ...this.state, phase: 'blocked', problem: obstacle ?? microphoneProblem(error) });
      return undefined;
    }
  }

  /** Lets nothing through from the beginning while muted. */
  private async openMicrophone(): Promise<MediaStreamTrack> {
    return this.gate(await this.ports.openMicrophone(this.microphoneId));
  }

  private gate(track: MediaStreamTrack): MediaStreamTrack {
    track.enabled = this.muted.size === 0;
    return track;
  }

  private hear(track: MediaStreamTrack): MediaStreamTrack {
    this.track?.stop();
    this.track = this.gate(track);
    track.addEventListener('ended', () => {
      if (this.track === track) void this.changeMicrophone();
    });
    this.set({ ...this.state, microphone: new MediaStream([track]), problem: undefined });
    return track;
  }

  /** Swaps the microphone under the running call; the other direction is not touched. */
  private async changeMicrophone(): Promise<void> {
    try {
      const track = await this.openMicrophone();
      await this.peer?.replaceMicrophone(track);
      this.hear(track);
    } catch (error) {
      this.set({ ...this.state, problem: microphoneProblem(error) });
    }
  }

  private async play(incoming: MediaStream): Promise<void> {
    this.set({ ...this.state, incoming });
    try {
      await this.ports.play(incoming);
      this.set({ ...this.state, silenced: false });
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotAllowedError')
        this.set({ ...this.state, silenced: true });
    }
  }

  private closePeer(): void {
    this.attempt?.abort();
    this.attempt = undefined;
    this.peer?.close();
    this.peer = undefined;
  }

  private close(): void {
    clearTimeout(this.retry);
    this.closePeer();
    this.track?.stop();
    this.track = undefined;
    void this.ports.play(undefined);
  }

  private set(state: AudioState): void {
    this.state = { ...state, muted: [...this.muted] };
    for (const listener of [...this.listeners]) listener();
  }
}
