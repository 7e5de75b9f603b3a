import { type ChatState, type ChatStateEvent, noChats, reduceChats } from './chat-state';

/** Holds the conversations outside React. Apart from the desk's store, so that messages redraw nothing but conversations. */
export interface ChatStore {
  get(): ChatState;
  dispatch(event: ChatStateEvent): void;
  /** Listeners get the state as it was before. */
  subscribe(listener: (before: ChatState) => void): () => void;
}

export function createChatStore(initial: ChatState = noChats): ChatStore {
  let state = initial;
  const listeners = new Set<(before: ChatState) => void>();
  return {
    get: () => state,
    dispatch(event) {
      const before = state;
      state = reduceChats(before, event);
      if (state === before) return;
      for (const listener of [...listeners]) listener(before);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
