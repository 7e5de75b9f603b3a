import { createKeepsake } from './keepsake';
import type { SentFile } from './outgoing';

/** What an agent has begun to write in a chat. */
export interface Draft {
  text: string;
  /** A private note instead of a message. */
  note: boolean;
  files: SentFile[];
  replyTo: string;
  /** The canned message that was inserted, and its text then; the agent may have changed it since. */
  canned: { id: string; text: string } | undefined;
}

export const emptyDraft: Draft = { text: '', note: false, files: [], replyTo: '', canned: undefined };

export interface Drafts {
  get(chatId: string): Draft;
  set(chatId: string, draft: Draft): void;
  subscribe(listener: () => void): () => void;
}

/** Drafts by chat: they survive moving about and reloading, and go when the agent signs out. */
export function createDrafts(owner: string): Drafts {
  const kept = createKeepsake<Readonly<Record<string, Draft>>>(`${owner}.drafts`, {});
  const listeners = new Set<() => void>();
  return {
    get: (chatId) => kept.get()[chatId] ?? emptyDraft,
    set(chatId, draft) {
      const { [chatId]: _, ...others } = kept.get();
      const begun = draft.text !== '' || draft.files.length > 0 || draft.replyTo !== '' || draft.note;
      kept.set(begun ? { ...others, [chatId]: draft } : others);
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
