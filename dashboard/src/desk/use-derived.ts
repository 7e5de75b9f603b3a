import { useRef, useSyncExternalStore } from 'react';

interface Store<S> {
  get(): S;
  subscribe(listener: () => void): () => void;
}

/** What follows from a store's state: the very same as before while nothing in it differs, so that nothing is drawn anew. */
export function useDerived<S, T extends object>(store: Store<S>, derive: (state: S) => T): T {
  const last = useRef<T>(undefined);
  const get = () => {
    const derived = derive(store.get());
    if (!last.current || !isEqual(last.current, derived)) last.current = derived;
    return last.current;
  };
  return useSyncExternalStore(store.subscribe, get);
}

/** One level deep; lists too. */
function isEqual<T extends object>(one: T, other: T): boolean {
  const keys = Object.keys(one) as (keyof T)[];
  return keys.length === Object.keys(other).length && keys.every((key) => Object.is(one[key], other[key]));
}
