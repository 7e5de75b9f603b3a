import type { ChatApi } from '../api/chat-api';
import { isFinal, Problem } from '../api/problem';
import { createRefresher } from '../realtime/refresher';
import type { ChatStore } from './chat-store';
import { moment } from './moment';
import { lastSpokenAt } from './thread-state';

/** Fetches what patches do not bring: the list, threads that are opened, and messages that were lost on the way. */
export interface ChatSync {
  /** Fetches the open chats, and the shown thread's newest messages. */
  now(): void;
  /** Shows a chat: fetches what is not held of it. */
  show(chatId: string): void;
  /** Fetches the page before the first message held. Resolves when it is there, or could not be fetched. */
  older(chatId: string): Promise<void>;
  stop(): void;
}

/** The newest messages fetched at once; and those fetched by scrolling up. */
const PAGE = 60;
/** Milliseconds: a chat and its message may come in two patches, one shortly after the other. */
const GAP_PATIENCE = 400;

export function createChatSync(api: ChatApi, store: ChatStore): ChatSync {
  let stopped = false;
  const scrolling = new Set<string>();

  async function fetchList(): Promise<boolean> {
    const known = new Map(Object.values(store.get().chats).map(({ id, version }) => [id, version]));
    try {
      const chats = await api.open();
      if (!stopped) store.dispatch({ type: 'listed', chats, known });
      return true;
    } catch (error) {
      return stopped || isFinal(error);
    }
  }

  async function fetchShown(): Promise<boolean> {
    const chatId = store.get().shown;
    if (!chatId) return true;
    try {
      const [chat, page] = await Promise.all([api.one(chatId), api.messages(chatId, { limit: PAGE })]);
      if (stopped) return true;
      store.dispatch({ type: 'patch', chats: [chat] });
      store.dispatch({ type: 'newest-page', chatId, messages: page.messages, more: page.more });
      return true;
    } catch (error) {
      if (stopped) return true;
      if (error instanceof Problem && error.status === 404) store.dispatch({ type: 'gone', chatId });
      store.dispatch({ type: 'thread-failed', chatId });
      return isFinal(error);
    }
  }

  const list = createRefresher(fetchList);
  const shown = createRefresher(fetchShown);
  const gaps = watchGaps(store, shown.now);

  return {
    now() {
      list.now();
      shown.now();
    },
    show(chatId) {
      if (store.get().shown === chatId) return;
      store.dispatch({ type: 'shown', chatId });
      if (chatId) shown.now();
    },
    async older(chatId) {
      const thread = store.get().threads[chatId];
      const first = thread?.messages[0];
      if (!thread?.older || !first || scrolling.has(chatId)) return;
      scrolling.add(chatId);
      try {
        const { messages, more } = await api.messages(chatId, { before: first.key, limit: PAGE });
        if (!stopped) store.dispatch({ type: 'older-page', chatId, messages, more });
      } catch {
        // The reader scrolls again, or the next snapshot comes: nothing is lost.
      } finally {
        scrolling.delete(chatId);
      }
    },
    stop() {
      stopped = true;
      list.stop();
      shown.stop();
      gaps.stop();
    },
  };
}

/** Notices that the shown chat has a message which no patch has brought. */
function watchGaps(store: ChatStore, fetch: () => void): { stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tried = '';
  const gap = (): string => {
    const { chats, threads, shown } = store.get();
    const thread = threads[shown];
    const lastAt = moment(chats[shown]?.lastAt);
    return thread?.phase === 'ready' && lastAt > lastSpokenAt(thread.messages) ? `${shown} ${lastAt}` : '';
  };
  const unsubscribe = store.subscribe(() => {
    const missing = gap();
    if (!missing || missing === tried) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      tried = gap();
      if (tried) fetch();
    }, GAP_PATIENCE);
  });
  return {
    stop() {
      clearTimeout(timer);
      unsubscribe();
    },
  };
}
