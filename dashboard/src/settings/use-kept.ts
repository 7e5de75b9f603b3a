import { useState } from 'react';
import { useDeskState } from '../desk/desk-context';

/**
 * How a person likes a page, kept in this browser under their name. `repair` makes a choice of whatever is found there, which an
 * older desk may have written; storage that is full or forbidden keeps it as long as the page.
 */
export function useKept<T>(name: string, repair: (kept: unknown) => T): [T, (value: T) => void] {
  const me = useDeskState((state) => state.me);
  const key = `guichet.${name}.${me}`;
  const [value, setValue] = useState(() => repair(read(key)));
  return [
    value,
    (next) => {
      setValue(next);
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // As above.
      }
    },
  ];
}

function read(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

/** Those of the known names that were kept, in their order; all that are meant to be there at first if none was kept. */
export function keptNames<T extends string>(kept: unknown, known: readonly T[], first: readonly T[] = known): T[] {
  if (!Array.isArray(kept)) return [...first];
  return known.filter((name) => kept.includes(name));
}
