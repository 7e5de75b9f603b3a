import type { CallApi } from '../api/call-api';
import type { Voicemail } from '../api/model';
import type { VoicemailApi, VoicemailName } from '../api/voicemail-api';

export interface VoicemailsState {
  /** The newest first. */
  voicemails: readonly Voicemail[];
  phase: 'idle' | 'loading' | 'ready' | 'failed';
}

/** The messages of callers that the agent may hear. */
export interface Voicemails {
  get(): VoicemailsState;
  subscribe(listener: () => void): () => void;
  /** Fetches them anew; what is held stays until then. */
  load(): Promise<void>;
  /** What the server tells of: whole messages, of which the highest version counts. */
  patch(changed?: readonly Voicemail[]): void;
  /** Says whether one is dealt with. Rejects with a Problem, as all below. */
  mark(name: VoicemailName, state: 'new' | 'done'): Promise<Voicemail>;
  remove(name: VoicemailName): Promise<void>;
  /** Where its sound is, for some minutes. */
  soundOf(name: VoicemailName): Promise<string>;
  /** Calls a number; the id names the call, so that asking twice makes one. */
  call: CallApi['dial'];
  newCallId: () => string;
}

export function createVoicemails(api: VoicemailApi, call: CallApi['dial'], newCallId: () => string): Voicemails {
  let state: VoicemailsState = { voicemails: [], phase: 'idle' };
  let loading: Promise<void> | undefined;
  let again = false;
  /** Ids of those that are gone for good: an older list would bring them back. */
  const gone = new Set<string>();
  const listeners = new Set<() => void>();
  const set = (next: VoicemailsState) => {
    state = next;
    for (const listener of [...listeners]) listener();
  };

  function merge(held: readonly Voicemail[], changed: readonly Voicemail[]): Voicemail[] {
    const byId = new Map(held.map((one) => [one.id, one]));
    for (const one of changed) {
      if (one.state === 'deleted') gone.add(one.id);
      if (one.version > (byId.get(one.id)?.version ?? 0)) byId.set(one.id, one);
    }
    // Ids begin with the time.
    return [...byId.values()].filter(({ id }) => !gone.has(id)).sort((a, b) => (a.id < b.id ? 1 : -1));
  }

  function patch(changed: readonly Voicemail[] = []): void {
    if (changed.length > 0) set({ ...state, voicemails: merge(state.voicemails, changed) });
  }

  async function fetchAll(): Promise<void> {
    set({ ...state, phase: 'loading' });
    const before = new Set(state.voicemails);
    try {
      const listed = await api.list();
      // What is not in the list is gone, unless it was told of since the list was asked for.
      const told = state.voicemails.filter((one) => !before.has(one) || listed.some(({ id }) => id === one.id));
      set({ voicemails: merge(told, listed), phase: 'ready' });
    } catch {
      set({ ...state, phase: 'failed' });
    }
  }

  async function fetchUntilNew(): Promise<void> {
    do {
      again = false;
      await fetchAll();
    } while (again);
    loading = undefined;
  }

  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    load() {
      if (loading) again = true; // what is asked for already may be older
      loading ??= fetchUntilNew();
      return loading;
    },
    patch,
    async mark(name, to) {
      const marked = await api.mark(name, to);
      patch([marked]);
      return marked;
    },
    async remove({ id, lineId }) {
      await api.remove({ id, lineId });
      gone.add(id);
      set({ ...state, voicemails: merge(state.voicemails, []) });
    },
    soundOf: async (name) => (await api.sound(name)).url,
    call,
    newCallId,
  };
}
