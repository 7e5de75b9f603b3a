import { type CallNews, Problem } from '../api';
import type { CallProblem, CallState } from './call-state';
import { microphoneProblem } from './microphone';
import { Talk, type TalkPorts } from './talk';

/** Times in milliseconds. */
export const RINGS = 45_000;
export const ENDED_STAYS = 8_000;

export interface CallPorts extends TalkPorts {
  /** Tells the centre that the visitor answers; returns what opens the line. */
  answer: (id: string) => Promise<string>;
  /** Tells the centre that the visitor declines or hangs up, also while the page is being left. */
  end: (id: string) => Promise<void>;
  /** Looks at the thread now. */
  refresh: () => Promise<void>;
  obstacle: () => CallProblem | undefined;
  ring: (on: boolean) => void;
  onChange: () => void;
}

/** The call that an agent makes to this visitor, from the first ring to its end. It knows nothing of how it looks. */
export class Call {
  state: CallState = { phase: 'none' };
  private last: CallNews | undefined;
  private heard = 0;
  /** The call that the visitor, or this page, is done with, whatever the centre may still say. */
  private done = '';
  private talk: Talk | undefined;
  private ringsUntil = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly ports: CallPorts) {}

  /** Whether there is a call whose end this page has to hear of. */
  get on(): boolean {
    return this.state.phase !== 'none' && this.state.phase !== 'ended';
  }

  /** Begins a look at the thread. What it finds is told to the function that this returns: news may overtake an answer. */
  look(): (found: CallNews | null | undefined) => void {
    const { heard } = this;
    return (found) => {
      if (found) this.hear(found);
      else if (heard === this.heard) this.over();
    };
  }

  hear(news: CallNews): void {
    this.heard++;
    if (news.id === this.done) {
      if (news.state !== 'over') this.tellEnd(news.id); // the centre has not learned yet
      return;
    }
    const { last } = this;
    // Ids begin with the time: of two calls, the greater one is the later.
    if (last && (news.id < last.id || (news.id === last.id && news.version <= last.version))) return;
    this.last = news;
    if (news.id !== last?.id) this.begin(news);
    else if (news.state === 'over') this.over();
    else if (news.state === 'live' && !this.talk) this.set({ phase: 'elsewhere' });
  }

  async answer(): Promise<void> {
    if (this.state.phase !== 'ringing') return;
    const { id } = this.last as CallNews;
    const problem = this.ports.obstacle();
    if (problem) return this.set({ phase: 'ringing', problem });
    this.set({ phase: 'asking' });
    let microphone: MediaStreamTrack;
    try {
      microphone = await this.ports.openMicrophone();
    } catch (error) {
      if (this.is('asking', id)) this.set({ phase: 'ringing', problem: microphoneProblem(error) });
      return;
    }
    if (this.is('asking', id)) await this.connect(id, microphone);
    else microphone.stop(); // it rang out, or another tab was faster
  }

  /** Declines a call, or hangs up. */
  end(): void {
    const { phase } = this.state;
    if (phase === 'ringing' || phase === 'asking') this.finish(undefined);
    if (phase === 'connecting' || phase === 'live') this.finish('over');
  }

  mute(muted: boolean): void {
    this.talk?.mute(muted);
  }

  unsilence(): void {
    this.talk?.unsilence();
  }

  /** What stood in the way may be gone. */
  retry(): void {
    if (this.talk) void this.talk.replaceMicrophone();
    else void this.answer();
  }

  dismiss(): void {
    if (this.state.phase === 'ended') this.set({ phase: 'none' });
  }

  /** The page is being left: a call that rings may ring on the next one, one that was answered is over. */
  leave(): void {
    if (this.talk) this.finish('over');
  }

  private begin({ state, agent }: CallNews): void {
    this.stop();
    this.state = { phase: 'none', agent };
    this.ringsUntil = Date.now() + RINGS;
    if (state === 'ringing') this.set({ phase: 'ringing' });
    else this.set({ phase: state === 'live' ? 'elsewhere' : 'none' });
  }

  private is(phase: CallState['phase'], id: string): boolean {
    return this.state.phase === phase && this.last?.id === id;
  }

  private async connect(id: string, microphone: MediaStreamTrack): Promise<void> {
    const talk = new Talk(
      microphone,
      this.ports,
      () => this.show(talk),
      (how) => this.finish(how),
    );
    this.talk = talk;
    this.set({ phase: 'connecting' });
    const current = () => this.talk === talk;
    const ticket = await this.ports.answer(id).catch((error) => {
      if (current()) this.refuse(error);
    });
    if (!ticket || !current()) return;
    try {
      // One request, or one node, may fail: a second ticket may lead to another.
      await talk.open(ticket).catch(async (error) => {
        if (!current()) throw error;
        await talk.open(await this.ports.answer(id));
      });
      if (current()) this.set({ phase: 'live', since: Date.now(), ...talk.state });
    } catch {
      if (current()) this.finish('failed'); // the agent hears nobody: to ring on would be no use
    }
  }

  /** The centre did not take the answer, or could not be reached. */
  private refuse(error: unknown): void {
    if (error instanceof Problem && !error.passing) this.over();
    else if (this.last?.state !== 'ringing') this.finish('failed');
    else {
      this.stop();
      this.set({ phase: 'ringing', problem: 'unreachable' });
    }
  }

  private show(talk: Talk): void {
    if (this.talk === talk && this.state.phase === 'live') this.set({ ...this.state, ...talk.state });
  }

  /** This page ends the call. */
  private finish(how: CallState['ended']): void {
    const { id } = this.last as CallNews;
    this.done = id;
    this.tellEnd(id);
    this.close(how);
  }

  /** It has rung for long enough here. Another tab may just have answered: its call is not this one's to end. */
  private async ringOut(): Promise<void> {
    const { id } = this.last as CallNews;
    this.close('over');
    await this.ports.refresh();
    if (this.last?.id !== id || this.last.state !== 'ringing') return;
    this.done = id;
    this.tellEnd(id);
  }

  /** Idempotent, and repeated when the centre still speaks of the call: nobody waits for it. */
  private tellEnd(id: string): void {
    this.ports.end(id).catch(() => {});
  }

  /** The call is over, as far as the centre knows. What another tab talked about is of no interest here. */
  private over(): void {
    if (this.on) this.close(this.state.phase === 'elsewhere' ? undefined : 'over');
  }

  private close(how: CallState['ended']): void {
    this.stop();
    const { since } = this.state;
    const seconds = since && Math.floor((Date.now() - since) / 1000);
    this.set(how ? { phase: 'ended', ended: how, seconds } : { phase: 'none' });
  }

  private stop(): void {
    this.talk?.close();
    this.talk = undefined;
  }

  /** The one place where the state changes, so that the ring and the timers follow from it. */
  private set(state: CallState): void {
    const { phase } = state;
    const before = this.state.phase;
    this.state = { agent: this.last?.agent ?? this.state.agent, ...state };
    this.ports.ring(phase === 'ringing');
    if (phase !== before) {
      clearTimeout(this.timer);
      const rings = phase === 'ringing' || phase === 'asking';
      if (rings) this.timer = setTimeout(() => void this.ringOut(), this.ringsUntil - Date.now());
      if (phase === 'ended') this.timer = setTimeout(() => this.dismiss(), ENDED_STAYS);
    }
    this.ports.onChange();
  }
}
