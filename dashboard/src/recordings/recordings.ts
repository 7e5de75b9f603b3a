import type { FileTicket } from '../api/chat-model';
import type { Recording } from '../api/model';
import { Problem } from '../api/problem';
import { type Put, putFile } from '../api/put-file';
import type { RecordingApi } from '../api/recording-api';
import type { RecordingDraft } from './recording-draft';

export interface RecordingsState {
  recordings: readonly Recording[];
  phase: 'idle' | 'loading' | 'ready' | 'failed';
}

/** The agent's recorded messages, archived ones too. */
export interface Recordings {
  get(): RecordingsState;
  subscribe(listener: () => void): () => void;
  /** Fetches them anew; what is held stays until then. */
  load(): Promise<void>;
  /** Creates one, or changes the one with the draft's id; tells how far its sound is uploaded. Rejects with a Problem. */
  save(draft: RecordingDraft, onProgress?: (part: number) => void): Promise<Recording>;
  remove(id: string): Promise<void>;
  /** Where its sound is, for some minutes. */
  soundOf(id: string): Promise<string>;
}

export function createRecordings(api: RecordingApi, put: Put = putFile): Recordings {
  let state: RecordingsState = { recordings: [], phase: 'idle' };
  let loading: Promise<void> | undefined;
  let changes = 0;
  const listeners = new Set<() => void>();
  const upload = createSoundUpload(api, put);
  const set = (next: RecordingsState) => {
    state = next;
    for (const listener of [...listeners]) listener();
  };
  const without = (id: string) => state.recordings.filter((recording) => recording.id !== id);
  const changed = (recordings: readonly Recording[]) => {
    changes += 1;
    set({ ...state, recordings });
  };

  async function fetchAll(): Promise<void> {
    set({ ...state, phase: 'loading' });
    try {
      let before: number;
      let recordings: Recording[];
      do {
        before = changes;
        recordings = await api.list();
      } while (before !== changes); // a list from before a change would undo it here
      set({ recordings, phase: 'ready' });
    } catch {
      set({ ...state, phase: 'failed' });
    }
  }

  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    load() {
      loading ??= fetchAll().finally(() => {
        loading = undefined;
      });
      return loading;
    },
    async save({ id, version, name, tags, archived, sound }, onProgress = () => undefined) {
      const fields = { name: name.trim(), tags: [...tags] };
      const fileId = sound && (await upload(sound.file, onProgress));
      const saved = id
        ? await api.update(id, { ...fields, archived, version, ...(fileId ? { fileId } : {}) })
        : await api.create({ ...fields, fileId: fileId ?? '' });
      changed([...without(saved.id), saved]);
      return saved;
    },
    async remove(id) {
      await api.remove(id);
      changed(without(id));
    },
    soundOf: async (id) => (await api.sound(id)).url,
  };
}

/** Uploads a sound, once: what is tried again after it was uploaded names the same file. */
function createSoundUpload(api: RecordingApi, put: Put) {
  const uploaded = new WeakMap<File, string>();
  return async (file: File, onProgress: (part: number) => void): Promise<string> => {
    const known = uploaded.get(file);
    if (known) return known;
    const ticket = await api.newFile({ name: file.name, type: file.type, bytes: file.size });
    await send(put, ticket, file, onProgress);
    uploaded.set(file, ticket.id);
    return ticket.id;
  };
}

async function send(put: Put, ticket: FileTicket, file: File, onProgress: (part: number) => void): Promise<void> {
  try {
    await put(ticket, file, onProgress);
  } catch (cause) {
    throw new Problem(0, 'upload-failed', String(cause));
  }
}
