import type { CannedDraft, ChatApi } from '../api/chat-api';
import type { CannedMessage } from '../api/chat-model';
import { folded } from '../i18n/folded';

export interface CannedState {
  messages: readonly CannedMessage[];
  phase: 'idle' | 'loading' | 'ready' | 'failed';
}

/** The canned messages that the agent may use: their own, and the public ones. */
export interface Canned {
  get(): CannedState;
  subscribe(listener: () => void): () => void;
  /** Fetches them anew; what is held stays until then. */
  load(): void;
  /** Creates one, or changes the one with the id. Rejects with a Problem. */
  save(draft: CannedDraft, id?: string): Promise<void>;
  remove(id: string): Promise<void>;
}

export function createCanned(api: ChatApi): Canned {
  let state: CannedState = { messages: [], phase: 'idle' };
  const listeners = new Set<() => void>();
  const set = (next: CannedState) => {
    state = next;
    for (const listener of [...listeners]) listener();
  };
  const without = (id: string) => state.messages.filter((message) => message.id !== id);
  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    load() {
      if (state.phase === 'loading') return;
      set({ ...state, phase: 'loading' });
      api.canned().then(
        (messages) => set({ messages, phase: 'ready' }),
        () => set({ ...state, phase: 'failed' }),
      );
    },
    async save(draft, id) {
      const saved = await (id ? api.updateCanned(id, draft) : api.createCanned(draft));
      set({ ...state, messages: [...without(saved.id), saved] });
    },
    async remove(id) {
      await api.deleteCanned(id);
      set({ ...state, messages: without(id) });
    },
  };
}

/** Those that a search finds: by the beginning of the shortcut first, then by title, category and text. One's own come first. */
export function findCanned(messages: readonly CannedMessage[], query: string, me: string): CannedMessage[] {
  const wanted = folded(query.trim());
  const rank = ({ shortcut = '', title, categories, text }: CannedMessage): number => {
    if (shortcut && folded(shortcut) === wanted) return 0;
    if (wanted !== '' && folded(shortcut).startsWith(wanted)) return 1;
    if (folded(title).includes(wanted)) return 2;
    return [...categories, text].some((part) => folded(part).includes(wanted)) ? 3 : -1;
  };
  return messages
    .map((message) => ({ message, rank: rank(message), own: message.ownerId === me }))
    .filter((found) => found.rank >= 0)
    .sort((a, b) => a.rank - b.rank || Number(b.own) - Number(a.own) || a.message.title.localeCompare(b.message.title))
    .map(({ message }) => message);
}
