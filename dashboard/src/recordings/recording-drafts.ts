import type { RecordingDraft } from './recording-draft';

/** Recorded messages that are not saved yet, by id; the new one's is empty. */
export interface RecordingDrafts {
  get(): readonly RecordingDraft[];
  of(id: string): RecordingDraft | undefined;
  set(draft: RecordingDraft): void;
  drop(id: string): void;
  clear(): void;
  subscribe(listener: () => void): () => void;
  /** Whether a sound would be lost with them. */
  haveSound(): boolean;
}

/**
 * Drafts stay while the agent takes a call or answers a chat in between. A sound is too large to be kept beyond the page,
 * so the browser asks before the page is left with one.
 */
export function createRecordingDrafts(page: Pick<Window, 'addEventListener' | 'removeEventListener'>): RecordingDrafts {
  let drafts: readonly RecordingDraft[] = [];
  const listeners = new Set<() => void>();
  const ask = (event: Event) => event.preventDefault();
  const haveSound = () => drafts.some(({ sound }) => sound !== undefined);
  const set = (next: readonly RecordingDraft[]) => {
    drafts = next;
    // Only as long as it is needed: browsers do not keep a page that listens ready for the way back.
    if (haveSound()) page.addEventListener('beforeunload', ask);
    else page.removeEventListener('beforeunload', ask);
    for (const listener of [...listeners]) listener();
  };
  const without = (id: string) => drafts.filter((draft) => draft.id !== id);
  return {
    get: () => drafts,
    of: (id) => drafts.find((draft) => draft.id === id),
    set: (draft) => set([...without(draft.id), draft]),
    drop: (id) => set(without(id)),
    clear: () => set([]),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    haveSound,
  };
}
