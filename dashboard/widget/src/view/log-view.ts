import type { FileView, Message } from '../api';
import type { Chat } from '../chat';
import type { Pending } from '../memory';
import type { Speaker } from '../texts';
import { el, setText } from './dom';
import { fileView } from './file-view';
import { type IconName, icon } from './icons';

/** How close to the end counts as at the end, in pixels. */
const NEAR = 60;

type Status = 'waiting' | 'sent' | 'received' | 'read';

const statusIcons: Record<Status, IconName> = {
  waiting: 'waiting',
  sent: 'sent',
  received: 'received',
  read: 'received',
};

/** The thread: what was said, day by day, and what waits to be sent. */
export class LogView {
  readonly element: HTMLElement;
  private readonly earlier: HTMLButtonElement;
  private readonly loading: HTMLElement;
  private readonly greeting: HTMLElement;
  private readonly items = el('div');
  /** Not read out: what becomes of it is, once it is sent. */
  private readonly waiting = el('div', { attrs: { 'aria-live': 'off' } });
  private readonly typing = el('p', { class: 'meta', attrs: { hidden: '' } });
  private readonly drawn = new Map<string, { element: HTMLElement; version: string }>();
  private order = '';

  constructor(
    private readonly chat: Chat,
    private readonly speaker: Speaker,
    private readonly onError: (text: string) => void,
    private readonly onDiscard: (entry: Pending) => void,
  ) {
    const loadEarlier = () => void this.loadEarlier();
    this.earlier = el('button', {
      class: 'link',
      text: speaker.say('earlier'),
      attrs: { type: 'button', hidden: '' },
      on: { click: loadEarlier },
    });
    this.loading = el('p', { class: 'day loading', text: speaker.say('loading'), attrs: { hidden: '' } });
    this.greeting = el('div', { class: 'message' }, el('div', { class: 'bubble' }));
    const attrs = { role: 'log', 'aria-label': speaker.say('messages'), tabindex: '0' };
    this.element = el(
      'div',
      { class: 'log', attrs },
      this.earlier,
      this.loading,
      this.greeting,
      this.items,
      this.waiting,
      this.typing,
    );
  }

  update(): void {
    const { chat, speaker } = this;
    const end = this.atEnd();
    this.element.setAttribute('aria-busy', String(chat.loading));
    this.earlier.hidden = !chat.earlier;
    this.loading.hidden = !chat.loading;
    this.greeting.hidden = chat.earlier;
    const { greeting } = chat.info ?? { greeting: {} as Record<string, string> };
    setText(this.greeting.firstElementChild as Element, greeting[speaker.language] ?? speaker.say('greeting'));
    this.drawMessages();
    this.drawPending();
    const name = chat.thread.state?.agent ?? speaker.say('agent');
    this.typing.hidden = !chat.typing;
    setText(this.typing, chat.typing ? speaker.say('typing', { name }) : '');
    if (end) this.toEnd();
  }

  toEnd(): void {
    this.element.scrollTop = this.element.scrollHeight;
  }

  private atEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  /** Earlier messages are read by whoever scrolls there, and not called out. */
  private async loadEarlier(): Promise<void> {
    const { scrollHeight, scrollTop } = this.element;
    this.element.setAttribute('aria-live', 'off');
    try {
      await this.chat.loadEarlier();
      this.element.scrollTop = scrollTop + this.element.scrollHeight - scrollHeight;
      if (this.earlier.hidden) this.element.focus();
    } catch {
      this.onError(this.speaker.say('errorLoad'));
    }
    this.element.setAttribute('aria-live', 'polite');
  }

  private drawMessages(): void {
    const messages = this.chat.thread.list();
    const nodes: HTMLElement[] = [];
    let day = '';
    for (const message of messages) {
      const today = this.speaker.day(new Date(message.at));
      if (today !== day) nodes.push(this.keep(`day ${today}`, '', () => el('p', { class: 'day', text: today })));
      day = today;
      const node = this.keep(message.id, String(message.version), () => this.message(message));
      this.showStatus(node, message);
      nodes.push(node);
    }
    const order = nodes.map((node) => node.dataset['id']).join();
    if (order !== this.order) place(this.items, nodes);
    this.order = order;
  }

  /** Draws an entry anew only if it has changed. What takes its place stays where it was. */
  private keep(id: string, version: string, draw: () => HTMLElement): HTMLElement {
    const before = this.drawn.get(id);
    if (before?.version === version) return before.element;
    const element = draw();
    element.dataset['id'] = id;
    before?.element.replaceWith(element);
    this.drawn.set(id, { element, version });
    return element;
  }

  private statusOf({ from, key }: Message): Status | undefined {
    if (from !== 'visitor') return undefined;
    const { state } = this.chat.thread;
    if (state?.readTo && key <= state.readTo) return 'read';
    return state?.held ? 'received' : 'sent';
  }

  private message(message: Message): HTMLElement {
    const { speaker } = this;
    const own = message.from === 'visitor';
    const author = own ? speaker.say('you') : (message.agent ?? speaker.say('agent'));
    const files = (message.files ?? []).map((file) => this.file(file, message.key));
    const text = message.deleted ? el('em', { class: 'removed', text: speaker.say('removed') }) : message.text;
    const time = speaker.time(new Date(message.at));
    return el(
      'div',
      { class: `message ${message.from}` },
      el('span', { class: 'hidden-text', text: `${author}: ` }),
      el('div', { class: 'bubble' }, text, ...files),
      el('div', { class: 'meta', attrs: { 'aria-live': 'off' } }, own ? time : `${author} · ${time}`),
    );
  }

  /** Shows how far a message of the visitor's has come, in its place: a screen reader has read it out already. */
  private showStatus(node: HTMLElement, message: Message): void {
    const status = this.statusOf(message);
    if (!status || node.dataset['status'] === status) return;
    node.dataset['status'] = status;
    node.lastElementChild?.replaceChildren(this.speaker.time(new Date(message.at)), ...this.tick(status));
  }

  private file(file: FileView, key?: string): HTMLElement {
    const find = key ? (id: string) => this.chat.fileUrl(id, key) : undefined;
    return fileView(file, this.speaker, find, () => this.onError(this.speaker.say('errorOpenFile')));
  }

  private tick(status: Status): [SVGSVGElement, HTMLElement] {
    return [icon(statusIcons[status]), el('span', { text: this.speaker.say(status) })];
  }

  private drawPending(): void {
    const { pending } = this.chat;
    for (const [id, { element }] of this.drawn) {
      if (element.parentNode === this.waiting && !pending.some((entry) => `waiting ${entry.id}` === id)) {
        element.remove();
        this.drawn.delete(id);
      }
    }
    place(
      this.waiting,
      pending.map((entry) => this.keep(`waiting ${entry.id}`, entry.refused ?? '', () => this.pendingMessage(entry))),
    );
  }

  private pendingMessage(entry: Pending): HTMLElement {
    const kind = entry.refused ? 'refused' : 'waiting';
    const files = entry.files.map((file) => this.file(file));
    return el(
      'div',
      { class: `message visitor ${kind}` },
      el('div', { class: 'bubble' }, entry.text, ...files),
      entry.refused ? this.refusal(entry) : el('div', { class: 'meta' }, ...this.tick('waiting')),
    );
  }

  private refusal(entry: Pending): HTMLElement {
    const { speaker, chat } = this;
    const button = (text: 'retry' | 'discard', click: () => void) =>
      el('button', { class: 'link', text: speaker.say(text), attrs: { type: 'button' }, on: { click } });
    const reason = entry.refused === 'clock-ahead' ? 'errorClock' : 'errorRefused';
    return el(
      'div',
      { class: 'refusal' },
      el('p', { class: 'meta error', text: speaker.say(reason) }),
      el(
        'div',
        { class: 'actions' },
        button('retry', () => chat.outbox.again(entry.id)),
        button('discard', () => this.onDiscard(entry)),
      ),
    );
  }
}

/** Puts nodes in order and moves none that is in its place, so that nothing is announced twice. */
function place(parent: HTMLElement, nodes: HTMLElement[]): void {
  nodes.forEach((node, at) => {
    if (parent.children[at] !== node) parent.insertBefore(node, parent.children[at] ?? null);
  });
  while (parent.children.length > nodes.length) parent.lastElementChild?.remove();
}
