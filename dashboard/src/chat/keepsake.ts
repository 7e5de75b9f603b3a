/**
 * Keeps a value in this tab's session storage: it survives a reload, and ends with the session. Storage that is full or
 * forbidden leaves it in memory.
 */
export interface Keepsake<T> {
  get(): T;
  set(value: T): void;
}

/** All keys begin so, that signing out finds them. */
const PREFIX = 'guichet.chat.';

export function createKeepsake<T>(name: string, empty: T, storage: Storage = window.sessionStorage): Keepsake<T> {
  const key = PREFIX + name;
  let current = empty;
  try {
    current = JSON.parse(storage.getItem(key) ?? 'null') ?? empty;
  } catch {
    // Damaged or forbidden: as if there were nothing.
  }
  return {
    get: () => current,
    set(value) {
      current = value;
      try {
        storage.setItem(key, JSON.stringify(value));
      } catch {
        // Full or forbidden: the value lasts as long as the page.
      }
    },
  };
}

/** Forgets everything that was kept: the next person at this browser must not find it. */
export function forgetKeepsakes(storage: Storage = window.sessionStorage): void {
  for (const key of Object.keys(storage)) if (key.startsWith(PREFIX)) storage.removeItem(key);
}
