import type { Speaker } from '../texts';
import { el, setText } from './dom';
import { icon } from './icons';

/** The button in the corner, with how many messages wait to be read, and whether somebody calls. */
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

  /** What rings, if anything, is said before what the button does. */
  update(name: string, unread: number, open: boolean, ringing = ''): void {
    const purpose = this.speaker.say(unread ? 'openUnread' : 'open', { name, n: unread });
    const label = ringing ? `${ringing}. ${purpose}` : purpose;
    this.ring(ringing !== '' && !open);
    this.element.setAttribute('aria-label', open ? this.speaker.say('close') : label);
    this.element.setAttribute('aria-expanded', String(open));
    this.badge.hidden = unread === 0 || open;
    setText(this.badge, unread > 99 ? '99+' : String(unread));
  }

  private ring(on: boolean): void {
    if (on === this.element.classList.contains('ringing')) return;
    this.element.classList.toggle('ringing', on);
    this.element.firstElementChild?.replaceWith(icon(on ? 'phone' : 'chat'));
  }
}
