import type { Recording } from '../../src/api/model';
import type { RecordingChange } from '../../src/api/recording-api';
import { formatOf, wavFile } from '../sounds';
import type { ChatWorld } from './chat-world';
import { iso, Refusal } from './world';

interface Stored extends Recording {
  ownerId: string;
  fileId: string;
}

/** Samples a second of the one format that recordings have. */
const RATE = 8000;

/** Recorded messages in memory, with the server's rules for their sounds. */
export class RecordingWorld {
  stored: Stored[] = [];
  private sequence = 0;

  /** Uploaded files are those of conversations. */
  constructor(private readonly chats: ChatWorld) {}

  /** One that is there already. */
  add(change: Partial<Stored> = {}, seconds = 12): Recording {
    this.sequence += 1;
    const fileId = `file-rec-${this.sequence}`;
    this.chats.files.set(fileId, {
      name: 'message.wav',
      type: 'audio/wav',
      bytes: wavFile(seconds, RATE, 1, [{ hz: 440, gain: 0.3, channel: 0 }]),
    });
    const id = `rc_${this.sequence}`;
    const at = iso(this.sequence * 1000 - 3_600_000);
    const recording: Stored = {
      id,
      ownerId: 'agent-1',
      fileId,
      name: `Message ${this.sequence}`,
      tags: [],
      seconds,
      archived: false,
      at,
      version: 1,
      ...change,
    };
    this.stored.push(recording);
    return recording;
  }

  of(ownerId: string): Recording[] {
    return this.stored.filter((one) => one.ownerId === ownerId).map(({ ownerId: _, fileId: __, ...view }) => view);
  }

  one(ownerId: string, id: string): Stored {
    const found = this.stored.find((one) => one.id === id && one.ownerId === ownerId);
    if (!found) throw new Refusal(404, 'recording-unknown');
    return found;
  }

  create(ownerId: string, { name, tags = [], fileId = '' }: RecordingChange): Recording {
    const seconds = this.secondsOf(fileId);
    return this.add({ ownerId, name, tags, fileId, seconds, at: iso() });
  }

  update(
    ownerId: string,
    id: string,
    { name, tags = [], archived = false, fileId, version }: RecordingChange,
  ): Recording {
    const before = this.one(ownerId, id);
    if (version && version !== before.version) throw new Refusal(409, 'recording-changed');
    const again = fileId ? { fileId, seconds: this.secondsOf(fileId), at: iso() } : {};
    const saved = { ...before, name, tags, archived, ...again, version: before.version + 1 };
    this.stored = this.stored.map((one) => (one.id === id ? saved : one));
    return saved;
  }

  remove(ownerId: string, id: string): void {
    this.one(ownerId, id);
    this.stored = this.stored.filter((one) => one.id !== id);
  }

  /** What was uploaded for a recording. */
  sound(id: string): Buffer {
    const fileId = this.stored.find((one) => one.id === id)?.fileId ?? '';
    return this.chats.files.get(fileId)?.bytes ?? Buffer.alloc(0);
  }

  private secondsOf(fileId: string): number {
    const bytes = this.chats.files.get(fileId)?.bytes;
    if (!bytes) throw new Refusal(404, 'file-unknown');

    const { coding, channels, rate, bits, seconds } = formatOf(bytes);
    const fits =
      bytes.toString('latin1', 0, 4) === 'RIFF' && coding === 1 && channels === 1 && rate === RATE && bits === 16;
    if (!fits || seconds === 0 || seconds > 120) throw new Refusal(422, 'recording-unfit');
    return seconds;
  }
}
