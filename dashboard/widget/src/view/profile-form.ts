import { Problem } from '../api';
import type { Chat } from '../chat';
import type { Speaker } from '../texts';
import { el, setText } from './dom';

/** Who the visitor is, if they like to say. */
export class ProfileForm {
  readonly element: HTMLElement;
  private readonly details: HTMLDetailsElement;
  private readonly name: HTMLInputElement;
  private readonly email: HTMLInputElement;
  private readonly said = el('p', { class: 'note', attrs: { role: 'status', hidden: '' } });

  constructor(
    private readonly chat: Chat,
    private readonly speaker: Speaker,
  ) {
    const field = (type: string, autocomplete: string, maxlength: string) =>
      el('input', { attrs: { type, autocomplete, maxlength } });
    this.name = field('text', 'name', '100');
    this.email = field('email', 'email', '254');
    const save = (event: Event) => {
      event.preventDefault();
      void this.save();
    };
    const form = el(
      'form',
      { attrs: { novalidate: '' }, on: { submit: save } },
      el('label', {}, speaker.say('name'), this.name),
      el('label', {}, speaker.say('email'), this.email),
      el('button', { class: 'solid', text: speaker.say('save') }),
    );
    this.details = el('details', {}, el('summary', { text: speaker.say('details') }), form);
    this.details.addEventListener('toggle', () => this.fill());
    this.element = el('div', {}, this.details, this.said);
  }

  private fill(): void {
    if (!this.details.open) return;
    const { name, email } = this.chat.profile;
    this.name.value = name;
    this.email.value = email;
    this.said.hidden = true;
  }

  private async save(): Promise<void> {
    const email = this.email.value.trim();
    try {
      if (email && !/^\S+@\S+$/.test(email)) throw new Problem(422, 'email-invalid');
      await this.chat.setProfile({ name: this.name.value.trim(), email });
      this.say('detailsKept');
      this.details.querySelector('summary')?.focus();
      this.details.open = false;
    } catch (problem) {
      const email = problem instanceof Problem && problem.slug === 'email-invalid';
      this.say(email ? 'errorEmail' : 'errorSave');
      if (email) this.email.focus();
    }
  }

  private say(key: 'detailsKept' | 'errorEmail' | 'errorSave'): void {
    this.said.className = key === 'detailsKept' ? 'note' : 'note error';
    this.said.hidden = false;
    setText(this.said, this.speaker.say(key));
  }
}
