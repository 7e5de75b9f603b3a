import type { Chat } from '../chat';
import type { Memory } from '../memory';
import type { Speaker } from '../texts';
import { Composer } from './composer';
import { el, setText } from './dom';
import { icon } from './icons';
import { LogView } from './log-view';
import { ProfileForm } from './profile-form';

/** When the panel takes the whole window, as panel.css has it. */
const FULL = '(max-width: 480px), (max-height: 420px)';

/** The window of the chat. It is a dialog beside the page, or over all of it where there is no room beside. */
export class Panel {
  readonly element: HTMLElement;
  /** Where the card of a call is while the panel is open. */
  readonly callPlace = el('div', { class: 'call-place' });
  private readonly title = el('h2', { attrs: { id: 'title' } });
  private readonly status = el('p');
  private readonly note = el('p', { class: 'note', attrs: { role: 'status', hidden: '' } });
  private readonly error = el('p', { class: 'note error', attrs: { role: 'alert', hidden: '' } });
  private readonly soundButton: HTMLButtonElement;
  private readonly log: LogView;
  private readonly composer: Composer;
  private readonly full = matchMedia(FULL);

  constructor(
    private readonly chat: Chat,
    private readonly memory: Memory,
    private readonly speaker: Speaker,
    private readonly onClose: () => void,
  ) {
    const fail = (text: string) => this.fail(text);
    this.composer = new Composer(chat, speaker, fail, () => this.log.toEnd());
    this.log = new LogView(chat, speaker, fail, (entry) => {
      chat.outbox.remove(entry.id);
      this.composer.take(entry);
    });
    this.soundButton = this.button('sound', () => this.toggleSound());
    const close = this.button('close', onClose);
    close.append(icon('close'));
    const header = el('header', {}, el('div', {}, this.title, this.status), this.soundButton, close);
    this.element = el(
      'div',
      {
        class: 'panel',
        attrs: { role: 'dialog', 'aria-labelledby': 'title', hidden: '' },
        on: { keydown: (e) => this.onKey(e) },
      },
      header,
      new ProfileForm(chat, speaker).element,
      this.log.element,
      this.note,
      this.error,
      this.callPlace,
      this.composer.element,
    );
    this.full.addEventListener('change', () => this.update());
  }

  open(): void {
    this.element.hidden = false;
    this.update();
    this.log.toEnd();
    this.composer.focus();
  }

  close(): void {
    this.element.hidden = true;
  }

  focus(): void {
    this.composer.focus();
  }

  update(): void {
    const { chat, speaker } = this;
    const { state } = chat.thread;
    const agent = state?.agent ?? speaker.say('agent');
    setText(this.title, chat.info?.name ?? '');
    setText(
      this.status,
      !state?.open ? '' : state.held ? speaker.say('with', { name: agent }) : speaker.say('waitingAgent'),
    );
    this.element.setAttribute('aria-modal', String(this.full.matches));
    this.say(this.note, this.trouble());
    const sound = Boolean(this.memory.get().sound);
    this.soundButton.setAttribute('aria-pressed', String(sound));
    this.soundButton.replaceChildren(icon(sound ? 'sound' : 'silent'));
    this.log.update();
    this.composer.update();
  }

  private trouble(): string {
    const { chat, speaker } = this;
    if (!navigator.onLine) return speaker.say('offline');
    if (chat.outbox.slowed) return speaker.say('slow');
    if (chat.failed) return speaker.say(chat.pending.length > 0 ? 'offline' : 'errorLoad');
    return '';
  }

  private fail(text: string): void {
    this.say(this.error, text);
  }

  private say(where: HTMLElement, text: string): void {
    setText(where, text);
    where.hidden = !text;
  }

  private button(label: 'sound' | 'close', click: () => void): HTMLButtonElement {
    return el('button', {
      class: 'plain',
      attrs: { type: 'button', 'aria-label': this.speaker.say(label) },
      on: { click },
    });
  }

  private toggleSound(): void {
    this.memory.set({ sound: !this.memory.get().sound });
    this.update();
  }

  private onKey(event: KeyboardEvent): void {
    event.stopPropagation(); // the site's own shortcuts are not meant
    if (event.key === 'Escape') this.onClose();
    if (event.key === 'Tab' && this.full.matches) this.keepFocus(event);
  }

  /** Over the whole window, the page behind is out of reach for the keyboard too. */
  private keepFocus(event: KeyboardEvent): void {
    const all = [...this.element.querySelectorAll<HTMLElement>('button, input, textarea, summary, [tabindex="0"]')];
    const able = all.filter((element) => element.getClientRects().length > 0 && !element.matches(':disabled'));
    const root = this.element.getRootNode() as ShadowRoot;
    const leaving = event.shiftKey ? able[0] : able.at(-1);
    if (root.activeElement !== leaving) return;
    event.preventDefault();
    (event.shiftKey ? able.at(-1) : able[0])?.focus();
  }
}
