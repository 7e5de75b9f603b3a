import { Problem } from '../api';
import type { CallProblem, CallState } from './call-state';
import type { Line, LineOptions } from './line';
import { microphoneProblem } from './microphone';

/** Times in milliseconds. */
export const GIVE_UP = 15_000;
export const RESTART_EVERY = 2_500;
/** What is over sooner is not worth a word; when the agent hangs up, the line is gone just before the centre says so. */
export const UNSAID = 1_000;

export interface TalkPorts {
  openLine: (options: LineOptions) => Promise<Line>;
  openMicrophone: () => Promise<MediaStreamTrack>;
  /** Lets the agent be heard; without a track, nobody. Rejects when the browser plays nothing. */
  play: (track: MediaStreamTrack | undefined) => Promise<void>;
}

/** The audio of one call that the visitor has answered: microphone, line and loudspeaker, and what befalls them. */
export class Talk {
  private readonly closing = new AbortController();
  private line: Line | undefined;
  private muted = false;
  private silenced = false;
  private interrupted = false;
  private problem: CallProblem | undefined;
  private remote: MediaStreamTrack | undefined;
  private giveUp: ReturnType<typeof setTimeout> | undefined;
  private again: ReturnType<typeof setTimeout> | undefined;
  private up = true;
  private unsaid: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private microphone: MediaStreamTrack,
    private readonly ports: TalkPorts,
    private readonly onChange: () => void,
    private readonly onEnd: (how: 'over' | 'lost') => void,
  ) {
    this.hear(microphone);
  }

  get state(): Pick<CallState, 'muted' | 'silenced' | 'interrupted' | 'problem'> {
    const { muted, silenced, interrupted, problem } = this;
    return { muted, silenced, interrupted, problem };
  }

  /** Resolves when both sides can hear each other. It may be tried again after it has failed. */
  async open(ticket: string): Promise<void> {
    const { microphone } = this;
    const { signal } = this.closing;
    const onTrack = (track: MediaStreamTrack) => this.play(track);
    const line = await this.ports.openLine({ microphone, ticket, signal, onTrack, onUp: (up) => this.observe(up) });
    this.line = line;
    if (signal.aborted) line.close();
  }

  mute(muted: boolean): void {
    this.muted = muted;
    this.microphone.enabled = !muted;
    this.onChange();
  }

  /** The visitor has pressed a button: the browser plays now what it held back. */
  unsilence(): void {
    this.play(this.remote);
  }

  /** Opens a microphone in the place of one that is gone. */
  async replaceMicrophone(): Promise<void> {
    try {
      const track = await this.ports.openMicrophone();
      if (this.closing.signal.aborted) return track.stop();
      this.hear(track);
      await this.line?.replaceMicrophone(track);
      this.problem = undefined;
    } catch (error) {
      this.problem = microphoneProblem(error);
    }
    this.onChange();
  }

  close(): void {
    this.closing.abort();
    this.clearTimers();
    this.line?.close();
    this.microphone.onended = null;
    this.microphone.stop();
    void this.ports.play(undefined);
  }

  private hear(track: MediaStreamTrack): void {
    this.microphone = track;
    track.enabled = !this.muted;
    track.onended = () => void this.replaceMicrophone();
  }

  private play(track: MediaStreamTrack | undefined): void {
    this.remote = track;
    const heard = (silenced: boolean) => {
      this.silenced = silenced;
      this.onChange();
    };
    this.ports.play(track).then(
      () => heard(false),
      // Anything else is a player that has got something else to play.
      (error) => heard(error instanceof DOMException && error.name === 'NotAllowedError'),
    );
  }

  private observe(up: boolean): void {
    if (this.closing.signal.aborted || up === this.up) return;
    this.up = up;
    this.clearTimers();
    if (up) {
      this.say(false);
      return;
    }
    this.giveUp = setTimeout(() => this.onEnd('lost'), GIVE_UP);
    this.unsaid = setTimeout(() => this.say(true), UNSAID);
    void this.restart();
  }

  private say(interrupted: boolean): void {
    this.interrupted = interrupted;
    this.onChange();
  }

  private clearTimers(): void {
    clearTimeout(this.giveUp);
    clearTimeout(this.again);
    clearTimeout(this.unsaid);
  }

  /** Restarts until the line is back: a request may be lost like everything else now. */
  private async restart(): Promise<void> {
    try {
      await this.line?.restart();
    } catch (problem) {
      if (this.closing.signal.aborted) return;
      if (problem instanceof Problem && !problem.passing) return this.onEnd('over'); // the node has ended it
    }
    if (this.up || this.closing.signal.aborted) return;
    this.again = setTimeout(() => void this.restart(), RESTART_EVERY);
  }
}
