import { h, icon, setAttribute } from './dom';
import type { Person } from './protocol';
import type { Translate } from './texts';

/** What one person, or one screen, looks like in the grid. */
export class Tile {
  readonly element: HTMLLIElement;
  private readonly video = h('video', { autoplay: true, playsinline: true });
  private readonly initials = h('span', { class: 'initials', 'aria-hidden': 'true' });
  private readonly name = h('span', { class: 'name' });
  private readonly muted: HTMLElement;
  private readonly voice: HTMLElement;
  private shown: MediaStreamTrack | undefined;

  constructor(kind: 'person' | 'self' | 'screen', t: Translate) {
    this.video.muted = true; // sound has an element of its own
    this.muted = h(
      'span',
      { class: 'muted', hidden: true },
      icon('microphone'),
      h('span', { class: 'unseen' }, t('muted')),
    );
    this.voice = h('span', { class: 'unseen', hidden: true }, t('speaks'));
    const caption = h('div', { class: 'caption' }, this.name, this.muted, this.voice);
    this.element = h('li', { class: `tile ${kind}` }, this.initials, this.video, caption);
  }

  update(label: string, person: Pick<Person, 'name' | 'media'> | undefined, track: MediaStreamTrack | undefined): void {
    if (this.name.textContent !== label) this.name.textContent = label;
    const initials = initialsOf(person?.name ?? '');
    if (this.initials.textContent !== initials) this.initials.textContent = initials;
    setAttribute(this.muted, 'hidden', person === undefined || person.media.microphone);
    setAttribute(this.video, 'hidden', track === undefined);
    if (this.shown === track) return;
    this.shown = track;
    this.video.srcObject = track ? new MediaStream([track]) : null;
  }

  speak(speaks: boolean): void {
    setAttribute(this.element, 'data-speaks', speaks);
    setAttribute(this.voice, 'hidden', !speaks);
  }
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => (word ? [...word][0] : ''));
  return letters.join('').toLocaleUpperCase();
}

/** Plays what somebody says. */
export class Voice {
  readonly element = h('audio', { autoplay: true });
  private heard: MediaStreamTrack | undefined;

  /** Plays the track. It fails when the browser waits for a click first. */
  async play(track: MediaStreamTrack): Promise<void> {
    if (this.heard === track) return;
    this.heard = track;
    this.element.srcObject = new MediaStream([track]);
    await this.element.play();
  }

  async through(speaker: string): Promise<void> {
    if ('setSinkId' in this.element) await this.element.setSinkId(speaker);
  }
}
