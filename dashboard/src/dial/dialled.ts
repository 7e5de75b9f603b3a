/** A number that was called. */
export interface Dialled {
  /** E.164 */
  number: string;
  /** Whose it is, as far as it was known. */
  name: string;
}

/** So many are kept. */
const MOST = 20;

/** The numbers that a person called last, kept in this browser under their name: newest first, each once. */
export interface DialledNumbers {
  get(): readonly Dialled[];
  subscribe(listener: () => void): () => void;
  add(entry: Dialled): void;
  clear(): void;
}

export function createDialledNumbers(owner: string, storage: Storage = window.localStorage): DialledNumbers {
  const key = `guichet.dialled.${owner}`;
  let entries = load(storage, key);
  const listeners = new Set<() => void>();
  const set = (next: readonly Dialled[]) => {
    entries = next;
    try {
      storage.setItem(key, JSON.stringify(next));
    } catch {
      // Full or forbidden: they last as long as the page.
    }
    for (const listener of [...listeners]) listener();
  };
  return {
    get: () => entries,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add: (entry) => set([entry, ...entries.filter(({ number }) => number !== entry.number)].slice(0, MOST)),
    clear: () => set([]),
  };
}

function load(storage: Storage, key: string): readonly Dialled[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isDialled) : [];
  } catch {
    return []; // damaged or forbidden: as if there were none
  }
}

const isDialled = (value: unknown): value is Dialled =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Dialled).number === 'string' &&
  typeof (value as Dialled).name === 'string';
