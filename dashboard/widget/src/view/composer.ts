import { type FileView, Problem } from '../api';
import type { Chat } from '../chat';
import type { Pending } from '../memory';
import type { Speaker } from '../texts';
import { el } from './dom';
import { icon } from './icons';

const MAX_TEXT = 5000;
const MAX_FILES = 10;

interface Chosen {
  name: string;
  /** Undefined while it is on its way. */
  ready: FileView | undefined;
}

/** Where a message is written. Nothing that goes wrong takes the text away. */
export class Composer {
  readonly element: HTMLElement;
  private readonly field: HTMLTextAreaElement;
  private readonly picker: HTMLInputElement;
  private readonly list = el('ul', { class: 'chosen', attrs: { hidden: '' } });
  private files: Chosen[] = [];
  /** Send was pressed while a file was on its way: it is sent when that is there. */
  private eager = false;

  constructor(
    private readonly chat: Chat,
    private readonly speaker: Speaker,
    private readonly onError: (text: string) => void,
    private readonly onSent: () => void,
  ) {
    const hint = el('p', { class: 'hidden-text', text: speaker.say('messageHint'), attrs: { id: 'hint' } });
    this.field = el('textarea', {
      attrs: {
        rows: '1',
        'aria-label': speaker.say('message'),
        placeholder: speaker.say('message'),
        'aria-describedby': 'hint',
      },
      on: { keydown: (event) => this.onKey(event), input: () => this.onInput() },
    });
    this.picker = el('input', {
      attrs: { type: 'file', multiple: '', hidden: '', 'aria-label': speaker.say('attach') },
      on: { change: () => this.choose() },
    });
    const attach = this.button('attach', 'clip', () => this.picker.click());
    const send = this.button('send', 'send', () => this.send());
    const row = el('div', { class: 'row' }, attach, this.field, send);
    this.element = el('div', { class: 'composer' }, this.list, hint, this.picker, row);
  }

  focus(): void {
    this.field.focus();
  }

  update(): void {
    this.picker.accept = this.chat.info?.files.types.join() ?? '';
  }

  /** Takes back a message that was refused, for another try. */
  take({ text, files }: Pending): void {
    this.field.value = [this.field.value, text].filter(Boolean).join('\n');
    this.files.push(...files.map((ready) => ({ name: ready.name ?? '', ready })));
    this.drawFiles();
    this.focus();
  }

  private button(label: 'attach' | 'send', name: 'clip' | 'send', click: () => void): HTMLButtonElement {
    return el(
      'button',
      { class: 'plain', attrs: { type: 'button', 'aria-label': this.speaker.say(label) }, on: { click } },
      icon(name),
    );
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  private onInput(): void {
    this.onError('');
    this.eager = false;
    if (this.field.value) this.chat.writes();
  }

  private send(): void {
    const text = this.field.value.trim();
    this.eager = this.files.some(({ ready }) => !ready);
    if ((!text && this.files.length === 0) || this.eager) return;
    if ([...text].length > MAX_TEXT) {
      this.onError(this.speaker.say('errorTooLong'));
      return;
    }
    this.chat.send(
      text,
      this.files.flatMap(({ ready }) => ready ?? []),
    );
    this.field.value = '';
    this.files = [];
    this.drawFiles();
    this.onError('');
    this.focus();
    this.onSent();
  }

  private choose(): void {
    for (const file of this.picker.files ?? []) void this.add(file);
    this.picker.value = '';
  }

  private async add(file: File): Promise<void> {
    const refusal = this.refusal(file);
    if (refusal) {
      this.onError(refusal);
      return;
    }
    const chosen: Chosen = { name: file.name, ready: undefined };
    this.files.push(chosen);
    this.drawFiles();
    try {
      chosen.ready = await this.chat.upload(file);
    } catch (problem) {
      this.files = this.files.filter((other) => other !== chosen);
      this.eager = false;
      const offline = problem instanceof Problem && problem.status === 0;
      this.onError(this.speaker.say(offline ? 'errorFileOffline' : 'errorFile', { name: file.name }));
    }
    this.drawFiles();
    if (this.eager) this.send();
  }

  private refusal({ name, size, type }: File): string | undefined {
    const limits = this.chat.info?.files;
    if (this.files.length >= MAX_FILES) return this.speaker.say('errorFilesCount');
    if (!limits) return undefined;
    if (size > limits.bytes) return this.speaker.say('errorFileSize', { name, limit: this.speaker.size(limits.bytes) });
    return limits.types.includes(type) ? undefined : this.speaker.say('errorFileType', { name });
  }

  private drawFiles(): void {
    const { speaker } = this;
    const items = this.files.map((chosen) => {
      const name = chosen.name || speaker.say('unnamedFile');
      const remove = () => {
        this.files = this.files.filter((other) => other !== chosen);
        this.drawFiles();
        this.focus();
      };
      const attrs = { type: 'button', 'aria-label': speaker.say('remove', { name }) };
      const status = chosen.ready ? name : `${name} – ${speaker.say('fileUploading')}`;
      return el('li', {}, status, el('button', { class: 'plain', attrs, on: { click: remove } }, icon('close')));
    });
    this.list.replaceChildren(...items);
    this.list.hidden = items.length === 0;
  }
}
