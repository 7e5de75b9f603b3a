import type { Link } from './link';
import type { LocalMedia } from './local-media';
import { Peer, type Remote } from './peer';
import type { FromNode, Person, Refusal, Source } from './protocol';
import { Signal } from './signal';

/** What can be seen of the room. */
export interface Room {
  phase: 'joining' | 'connected' | 'lost';
  /** The others, in the order in which they came. */
  people: readonly Person[];
  remote: Remote;
}

export interface StayEvents {
  changed(room: Room): void;
  came(person: Person): void;
  went(person: Person): void;
  refused(why: Refusal): void;
}

/** One person's stay in a room, which outlives lost connections. */
export class Stay {
  private readonly session = crypto.randomUUID();
  private readonly signal: Signal;
  private readonly local: LocalMedia;
  private readonly events: StayEvents;
  private peer: Peer | undefined;
  private room: Room = { phase: 'joining', people: [], remote: new Map() };
  /** Messages are taken one after the other, whatever they take. */
  private work: Promise<void> = Promise.resolve();

  constructor(link: Link, name: string, local: LocalMedia, events: StayEvents) {
    this.local = local;
    this.events = events;
    local.onChange = (source) => this.changeOwn(source);
    this.signal = new Signal(link.roomId, {
      greet: () => ({ type: 'join', ticket: link.token, name, session: this.session, media: local.on }),
      message: (message) => {
        this.work = this.work.then(() => this.take(message)).catch(() => this.signal.restart());
      },
      lost: () => this.update({ phase: 'lost' }),
      refused: (why) => {
        this.leave();
        events.refused(why);
      },
    });
    this.update({});
  }

  leave(): void {
    this.local.onChange = () => undefined;
    this.signal.close();
    this.peer?.close();
    this.peer = undefined;
  }

  private changeOwn(source: Source): void {
    this.signal.send({ type: 'state', media: this.local.on });
    this.peer?.send(source, this.local.tracks[source]).catch(() => this.signal.restart());
    this.update({});
  }

  private async take(message: FromNode): Promise<void> {
    switch (message.type) {
      case 'welcome':
        return this.begin(message.people ?? []);
      case 'joined':
        this.update({ people: [...this.room.people, message.person] });
        this.events.came(message.person);
        return this.peer?.setPeople(this.room.people.length + 1);
      case 'changed':
        return this.update({ people: this.room.people.map((p) => (p.id === message.person.id ? message.person : p)) });
      case 'left':
        return this.lose(message.id);
      case 'offer': {
        const sdp = await this.peer?.answer(message);
        if (sdp !== undefined) this.signal.send({ type: 'answer', sdp });
      }
    }
  }

  /** The node has let us in, for the first time or again: media starts anew. */
  private begin(people: Person[]): void {
    this.peer?.close();
    this.peer = new Peer(this.local.tracks, {
      remote: (remote) => this.update({ remote }),
      connected: () => this.update({ phase: 'connected' }),
      failed: () => this.signal.restart(),
    });
    this.update({ phase: 'joining', people, remote: new Map() });
    void this.peer.setPeople(people.length + 1);
    this.signal.send({ type: 'state', media: this.local.on }); // it may have changed since we asked to join
  }

  private lose(id: string): Promise<void> | undefined {
    const gone = this.room.people.find((person) => person.id === id);
    this.update({ people: this.room.people.filter((person) => person.id !== id) });
    if (gone) this.events.went(gone);
    return this.peer?.setPeople(this.room.people.length + 1);
  }

  private update(change: Partial<Room>): void {
    this.room = { ...this.room, ...change };
    this.events.changed(this.room);
  }
}
