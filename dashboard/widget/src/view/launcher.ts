import type { Speaker } from '../texts';
import { el, setText } from './dom';
import { icon } from './icons';

/** The button in the corner, with how many messages wait to be read. */
export class Launcher {
  private readonly badge = el('span', { class: 'badge', attrs: { 'aria-hidden': 'true', hidden: '' } });
  readonly element: HTMLButtonElement;

  constructor(
    private readonly speaker: Speaker,
    onPress: () => void,
  ) {
    const attrs = { type: 'button', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' };
    this.element = el('button', { class: 'launcher', attrs, on: { click: onPress } }, icon('chat'), this.badge);
  }

  update(name: string, unread: number, open: boolean): void {
    const label = this.speaker.say(unread ? 'openUnread' : 'open', { name, n: unread });
    this.element.setAttribute('aria-label', open ? this.speaker.say('close') : label);
    this.element.setAttribute('aria-expanded', String(open));
    this.badge.hidden = unread === 0 || open;
    setText(this.badge, unread > 99 ? '99+' : String(unread));
  }
}
