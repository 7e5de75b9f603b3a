import type { Voicemail } from '../../src/api/model';
import { wavFile } from '../sounds';
import type { ChatWorld } from './chat-world';
import { iso, Refusal, type World } from './world';

/** Samples a second of what a telephone carries. */
const RATE = 8000;

/** Callers' messages in memory, with the server's rules for who hears them. Every change is pushed whole. */
export class VoicemailWorld {
  private readonly kept = new Map<string, Voicemail>();
  private sequence = 0;

  constructor(
    private readonly world: World,
    private readonly chats: ChatWorld,
    private readonly push: (one: Voicemail) => void,
  ) {}

  /** A caller leaves a message. */
  leave(change: Partial<Voicemail> = {}): Voicemail {
    this.sequence += 1;
    const id = `vm_${String(this.sequence).padStart(4, '0')}`;
    this.chats.files.set(id, {
      name: 'message.wav',
      type: 'audio/wav',
      bytes: wavFile(12, RATE, 1, [{ hz: 440, gain: 0.3, channel: 0 }]),
    });
    return this.save({
      id,
      lineId: 'q-support',
      from: '+33612345678',
      at: iso(this.sequence * 1000 - 3_600_000),
      seconds: 12,
      state: 'new',
      sound: true,
      version: 1,
      ...change,
    });
  }

  /** Something else changes about it. */
  change(id: string, part: Partial<Voicemail>): Voicemail {
    const before = this.kept.get(id);
    if (!before) throw new Refusal(404, 'voicemail-unknown');
    return this.save({ ...before, ...part, version: before.version + 1 });
  }

  get(id: string): Voicemail | undefined {
    return this.kept.get(id);
  }

  hears(person: string, lineId: string): boolean {
    const { role, memberships } = this.world.agent(person);
    if (lineId.startsWith('line:')) return lineId === `line:${person}`;
    return role !== 'agent' || memberships.some(({ queueId }) => queueId === lineId);
  }

  of(person: string): Voicemail[] {
    return [...this.kept.values()].filter(({ lineId }) => this.hears(person, lineId)).reverse();
  }

  one(person: string, lineId: string, id: string): Voicemail {
    const found = this.kept.get(id);
    if (!found || found.lineId !== lineId || !this.hears(person, lineId)) throw new Refusal(404, 'voicemail-unknown');
    return found;
  }

  mark(person: string, lineId: string, id: string, state: string): Voicemail {
    const before = this.one(person, lineId, id);
    if ((state === 'done') === (before.state === 'done')) return before;
    const { doneBy: _, doneAt: __, ...open } = { ...before, version: before.version + 1 };
    if (state === 'done') return this.save({ ...open, state, doneBy: person, doneAt: iso() });
    return this.save({ ...open, state: before.sound ? 'new' : 'failed' });
  }

  remove(person: string, lineId: string, id: string): void {
    const one = this.one(person, lineId, id);
    const own = lineId.startsWith('line:');
    if (!own && this.world.agent(person).role === 'agent') throw new Refusal(403, 'not-a-supervisor');
    this.kept.delete(id);
    this.push({ ...one, state: 'deleted', version: one.version + 1 });
  }

  private save(one: Voicemail): Voicemail {
    this.kept.set(one.id, one);
    this.push(one);
    return one;
  }
}
