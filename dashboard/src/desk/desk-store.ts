import { type DeskEvent, type DeskState, emptyDesk, reduceDesk } from './desk-state';

/** Holds the desk's state outside React, where the connections can reach it. */
export interface DeskStore {
  get(): DeskState;
  dispatch(event: DeskEvent): void;
  subscribe(listener: () => void): () => void;
}

export function createDeskStore(initial: DeskState = emptyDesk): DeskStore {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    dispatch(event) {
      const next = reduceDesk(state, event);
      if (next === state) return;
      state = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
