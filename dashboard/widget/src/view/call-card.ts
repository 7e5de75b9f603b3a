import type { Call } from '../call/call';
import type { CallProblem, CallState } from '../call/call-state';
import type { Speaker, TextKey } from '../texts';
import { el, setText } from './dom';
import { type IconName, icon } from './icons';

const problems: Record<CallProblem, TextKey> = {
  denied: 'callDenied',
  policy: 'callPolicy',
  missing: 'callMissing',
  busy: 'callBusy',
  insecure: 'callInsecure',
  unsupported: 'callUnsupported',
  unreachable: 'callUnreachable',
  unknown: 'callUnknown',
};

/** What a visitor cannot change while it rings: to try again would be no use. */
const hopeless: ReadonlySet<CallProblem> = new Set<CallProblem>(['policy', 'insecure', 'unsupported']);

const endings = { over: 'callEnded', lost: 'callLost', failed: 'callFailed' } as const;

/** Who calls, and what can be done about it. It takes no focus, and keeps one that it was given. */
export class CallCard {
  readonly element: HTMLElement;
  private readonly title = el('p', { class: 'call-title', attrs: { id: 'call-title' } });
  private readonly note = el('p', { class: 'call-note', attrs: { hidden: '' } });
  private readonly time = el('span', { class: 'call-time', attrs: { role: 'timer', hidden: '' } });
  private readonly answer: HTMLButtonElement;
  private readonly retry: HTMLButtonElement;
  private readonly sound: HTMLButtonElement;
  private readonly mute: HTMLButtonElement;
  private readonly end: HTMLButtonElement;
  private readonly dismiss: HTMLButtonElement;
  private ticking: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly call: Call,
    private readonly speaker: Speaker,
    /** The focus was in the card, where nothing is left that could have it. */
    private readonly onFocusLost: () => void,
  ) {
    this.answer = this.button('green', 'phone', 'callAnswer', () => void call.answer());
    this.retry = this.button('green', 'phone', 'retry', () => call.retry());
    this.sound = this.button('quiet', 'sound', 'callUnsilence', () => call.unsilence());
    this.mute = this.button('quiet', 'microphone', 'callMute', () => call.mute(!call.state.muted));
    this.end = this.button('red', 'hangUp', 'callDecline', () => call.end());
    this.dismiss = el(
      'button',
      {
        class: 'plain',
        attrs: { type: 'button', 'aria-label': speaker.say('callDismiss') },
        on: { click: () => call.dismiss() },
      },
      icon('close'),
    );
    // An alert is heard when its text changes: it has to be there before, also while nobody calls.
    const said = el('div', { attrs: { role: 'alert', 'aria-atomic': 'false' } }, this.title, this.note);
    this.element = el(
      'section',
      { class: 'call', attrs: { 'aria-labelledby': 'call-title' } },
      el('div', { class: 'call-head' }, said, this.time, this.dismiss),
      el('div', { class: 'call-actions' }, this.answer, this.retry, this.sound, this.mute, this.end),
    );
    this.update();
  }

  /** That somebody calls, while the visitor has not answered. */
  get ringing(): string {
    return this.call.state.phase === 'ringing' ? this.titleOf(this.call.state) : '';
  }

  update(): void {
    const { state } = this.call;
    const { phase, problem } = state;
    const focused = this.focused();
    this.element.dataset['phase'] = phase;
    const note = this.noteOf(state);
    setText(this.title, this.titleOf(state));
    setText(this.note, note);
    this.note.hidden = !note;
    this.note.classList.toggle('error', problem !== undefined);
    const answered = phase === 'asking' || phase === 'connecting';
    this.answer.hidden = !answered && (phase !== 'ringing' || problem !== undefined);
    this.answer.setAttribute('aria-disabled', String(answered)); // which keeps the focus, as "disabled" would not
    this.retry.hidden = !problem || hopeless.has(problem);
    this.sound.hidden = phase !== 'live' || !state.silenced;
    this.mute.hidden = phase !== 'live';
    this.showMuted(state.muted === true);
    this.end.hidden = phase === 'none' || phase === 'elsewhere' || phase === 'ended';
    const rings = phase === 'ringing' || phase === 'asking';
    setText(this.end.lastElementChild as Element, this.speaker.say(rings ? 'callDecline' : 'callHangUp'));
    this.dismiss.hidden = phase !== 'ended';
    this.tick(phase === 'live');
    if (focused) this.keepFocus(focused);
  }

  private showMuted(muted: boolean): void {
    if (this.mute.getAttribute('aria-pressed') === String(muted)) return;
    this.mute.setAttribute('aria-pressed', String(muted));
    this.mute.firstElementChild?.replaceWith(icon(muted ? 'muted' : 'microphone'));
  }

  private titleOf({ phase, agent, ended, seconds }: CallState): string {
    const { speaker } = this;
    const of = (named: TextKey, unnamed: TextKey) =>
      agent ? speaker.say(named, { name: agent }) : speaker.say(unnamed);
    switch (phase) {
      case 'none':
        return '';
      case 'ringing':
      case 'asking':
        return of('callFrom', 'callFromAgent');
      case 'connecting':
        return speaker.say('callConnecting');
      case 'live':
        return of('callWith', 'callWithAgent');
      case 'elsewhere':
        return speaker.say('callElsewhere');
      case 'ended':
        return [speaker.say(endings[ended ?? 'over']), ...(seconds === undefined ? [] : [clock(seconds)])].join(' · ');
    }
  }

  private noteOf({ phase, problem, interrupted, muted }: CallState): string {
    const { speaker } = this;
    if (problem) return speaker.say(problems[problem]);
    if (phase === 'ringing') return speaker.say('callNeeds');
    if (phase === 'asking') return speaker.say('callAsking');
    if (phase !== 'live') return '';
    return speaker.say(interrupted ? 'callInterrupted' : muted ? 'callMuted' : 'callStay');
  }

  private tick(on: boolean): void {
    this.time.hidden = !on;
    const show = () => setText(this.time, clock(Math.floor((Date.now() - (this.call.state.since ?? 0)) / 1000)));
    if (on) show();
    if (on === Boolean(this.ticking)) return;
    clearInterval(this.ticking);
    this.ticking = on ? setInterval(show, 250) : undefined; // four times a second, so that no second is left out
  }

  private focused(): Element | undefined {
    const root = this.element.getRootNode();
    const active = root instanceof ShadowRoot ? root.activeElement : undefined;
    return active && this.element.contains(active) ? active : undefined;
  }

  /** A button that goes takes nobody's place in the page with it. Never to the red one: who presses twice has not meant it. */
  private keepFocus(before: Element): void {
    if (before.getClientRects().length > 0) return;
    const next = [this.answer, this.retry, this.sound, this.mute, this.dismiss].find(({ hidden }) => !hidden);
    if (next) next.focus();
    else this.onFocusLost();
  }

  private button(kind: string, name: IconName, label: TextKey, click: () => void): HTMLButtonElement {
    return el(
      'button',
      { class: kind, attrs: { type: 'button' }, on: { click } },
      icon(name),
      el('span', { text: this.speaker.say(label) }),
    );
  }
}

/** Minutes and seconds, mm:ss. */
export function clock(seconds: number): string {
  return [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
