import { Devices } from './devices';
import { h, icon, setAttribute } from './dom';
import type { Link } from './link';
import type { Arrival } from './lobby';
import type { LocalMedia } from './local-media';
import type { Person, Refusal } from './protocol';
import { Speaking } from './speaking';
import { type Room, Stay } from './stay';
import type { Translate } from './texts';
import { Tile, Voice } from './tile';
import { pressByLetter, Toggle } from './toggle';

const self = 'self';

/** The meeting itself. It resolves when it is over, with the reason. */
export function openMeeting(
  root: HTMLElement,
  link: Link,
  arrival: Arrival,
  local: LocalMedia,
  t: Translate,
): Promise<Refusal | 'left'> {
  return new Promise((resolve) => {
    const meeting = new Meeting(root, arrival, local, t);
    const end = (why: Refusal | 'left'): void => {
      meeting.close();
      resolve(why);
    };
    const stay = new Stay(link, arrival.name, local, {
      changed: (room) => meeting.show(room),
      came: (person) => meeting.say(t('came', { name: meeting.nameOf(person) })),
      went: (person) => meeting.say(t('went', { name: meeting.nameOf(person) })),
      refused: end,
    });
    meeting.onLeave = () => {
      stay.leave();
      end('left');
    };
  });
}

class Meeting {
  onLeave: () => void = () => undefined;
  private readonly done = new AbortController();
  private readonly tiles = new Map<string, Tile>();
  private readonly voices = new Map<string, Voice>();
  private readonly grid: HTMLUListElement;
  private readonly status = h('p', { class: 'status', role: 'status' });
  private readonly hint: HTMLElement;
  private readonly sounds = h('div', { hidden: true });
  private readonly soundOn: HTMLButtonElement;
  private readonly toggles: Record<'microphone' | 'camera' | 'screen', Toggle>;
  private readonly speaking = new Speaking((who, speaks) => this.tiles.get(who)?.speak(speaks));
  private readonly devices: Devices;
  private readonly arrival: Arrival;
  private readonly local: LocalMedia;
  private readonly t: Translate;
  private phase: Room['phase'] | undefined;

  constructor(root: HTMLElement, arrival: Arrival, local: LocalMedia, t: Translate) {
    this.arrival = arrival;
    this.local = local;
    this.t = t;
    this.grid = h('ul', { class: 'grid', 'aria-label': t('people') });
    this.hint = h('p', { class: 'hint', hidden: true }, t('alone'));
    this.soundOn = h('button', { type: 'button', class: 'primary', hidden: true }, t('soundOn'));
    this.soundOn.onclick = () => this.playAll();
    this.toggles = {
      microphone: new Toggle('microphone', t, (on) => local.setMicrophone(on)),
      camera: new Toggle('camera', t, (on) => local.setCamera(on)),
      screen: new Toggle('screen', t, (on) => local.setScreen(on)),
    };
    this.devices = new Devices(local, t, this.done.signal);
    this.devices.speaker = arrival.speaker;
    this.devices.onSpeaker = (id) => {
      for (const voice of this.voices.values()) void voice.through(id);
    };
    this.build(root);
  }

  show(room: Room): void {
    this.tell(room.phase);
    for (const source of ['microphone', 'camera', 'screen'] as const)
      this.toggles[source].update(this.local.on[source]);
    setAttribute(this.hint, 'hidden', room.people.length > 0 || room.phase !== 'connected');
    this.arrange(room);
    this.listen(room);
  }

  /** Says something to those who do not see it happen. */
  say(text: string): void {
    this.status.textContent = text;
  }

  nameOf(person: Person): string {
    const name = person.name || this.t(person.role === 'host' ? 'agent' : 'guest');
    return person.role === 'host' ? `${name} · ${this.t('host')}` : name;
  }

  close(): void {
    this.done.abort();
    this.speaking.close();
    this.sounds.replaceChildren();
  }

  private build(root: HTMLElement): void {
    const { microphone, camera, screen } = this.toggles;
    const leave = h('button', { type: 'button', class: 'leave' }, icon('leave'), h('span', {}, this.t('leave')));
    leave.onclick = () => this.onLeave();
    const settings = h('details', { class: 'settings' }, h('summary', {}, this.t('devices')), this.devices.element);
    settings.ontoggle = () => void this.devices.refresh();
    const buttons = [microphone.element, camera.element];
    if ('getDisplayMedia' in navigator.mediaDevices) buttons.push(screen.element);
    const heading = h('h1', { tabindex: '-1' }, this.t('title'));
    root.replaceChildren(
      h(
        'main',
        { class: 'meeting' },
        h('header', {}, heading, this.status),
        this.hint,
        this.soundOn,
        this.grid,
        h('div', { class: 'toolbar' }, ...buttons, leave, settings),
        this.sounds,
      ),
    );
    pressByLetter(Object.values(this.toggles), this.done.signal);
    heading.focus();
  }

  private tell(phase: Room['phase']): void {
    if (phase === this.phase) return;
    this.phase = phase;
    this.say(this.t(phase));
  }

  /** Shows screens first, then the others, then oneself. */
  private arrange(room: Room): void {
    const shown: string[] = [];
    const show = (id: string, kind: 'person' | 'self' | 'screen', ...what: Parameters<Tile['update']>): void => {
      const tile = this.tiles.get(id) ?? new Tile(kind, this.t);
      this.tiles.set(id, tile);
      tile.update(...what);
      shown.push(id);
    };
    const { screen, camera } = this.local.tracks;
    if (screen) show('self screen', 'screen', this.t('yourScreen'), undefined, screen);
    for (const person of room.people) {
      const track = person.media.screen ? room.remote.get(person.id)?.screen : undefined;
      if (track)
        show(`${person.id} screen`, 'screen', this.t('screenOf', { name: this.nameOf(person) }), undefined, track);
    }
    for (const person of room.people) {
      const track = person.media.camera ? room.remote.get(person.id)?.camera : undefined;
      show(person.id, 'person', this.nameOf(person), person, track);
    }
    const { name } = this.arrival;
    const label = name ? this.t('youNamed', { name }) : this.t('you');
    show(self, 'self', label, { name, media: this.local.on }, camera);
    this.place(shown);
  }

  private place(ids: string[]): void {
    for (const [id, tile] of this.tiles) {
      if (ids.includes(id)) continue;
      tile.element.remove();
      this.tiles.delete(id);
    }
    for (const [index, id] of ids.entries()) {
      const element = this.tiles.get(id)?.element;
      // Moving an element that stands where it should would stop its picture.
      if (element && this.grid.children[index] !== element)
        this.grid.insertBefore(element, this.grid.children[index] ?? null);
    }
  }

  private listen(room: Room): void {
    const heard = new Map<string, MediaStreamTrack>();
    for (const [id, { microphone }] of room.remote) if (microphone) heard.set(id, microphone);
    for (const [id, voice] of this.voices) {
      if (heard.has(id)) continue;
      voice.element.remove();
      this.voices.delete(id);
    }
    for (const [id, track] of heard)
      this.voiceOf(id)
        .play(track)
        .catch(() => setAttribute(this.soundOn, 'hidden', false));
    const { microphone } = this.local.tracks;
    if (microphone) heard.set(self, microphone);
    this.speaking.follow(heard);
  }

  private voiceOf(id: string): Voice {
    const known = this.voices.get(id);
    if (known) return known;
    const voice = new Voice();
    this.voices.set(id, voice);
    this.sounds.append(voice.element);
    if (this.devices.speaker) void voice.through(this.devices.speaker);
    return voice;
  }

  private playAll(): void {
    setAttribute(this.soundOn, 'hidden', true);
    for (const { element } of this.voices.values()) void element.play();
  }
}
