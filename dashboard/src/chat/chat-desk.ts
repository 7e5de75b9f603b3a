import type { ChatApi } from '../api/chat-api';
import type { Typing } from '../api/model';
import type { DeskStore } from '../desk/desk-store';
import { selectMe } from '../desk/selectors';
import { createSortedIds } from '../desk/sorted-ids';
import { watchArrivals } from './arrivals';
import { type Canned, createCanned } from './canned';
import { type ChatActions, createChatActions } from './chat-actions';
import { type ChatStore, createChatStore } from './chat-store';
import { type ChatSync, createChatSync } from './chat-sync';
import { createDrafts, type Draft, type Drafts } from './drafts';
import { createFileLinks, type FileLinks } from './file-links';
import { createKeepsake, forgetKeepsakes } from './keepsake';
import { createOutbox, type Outbox } from './outbox';
import type { OutgoingMessage } from './outgoing';
import { createUploads, type Uploads } from './uploads';

/** Milliseconds; they agree with shared/deskapi/realtime.go: a sign of typing is repeated, and holds twice as long. */
export const TYPING_REPEAT = 3_000;
export const TYPING_HOLDS = 6_000;

/** Everything about conversations that runs while the page is open. */
export interface ChatDesk {
  api: ChatApi;
  store: ChatStore;
  sync: ChatSync;
  actions: ChatActions;
  outbox: Outbox;
  drafts: Drafts;
  links: FileLinks;
  canned: Canned;
  uploads: Uploads;
  /** Sends a draft: it shows in the thread at once. */
  send(chatId: string, draft: Draft): void;
  /** The agent types in a chat: those who see it are told. */
  types(chatId: string): void;
  /** Somebody else types. */
  heardTyping(typing: Typing): void;
  /** Ends everything; what was kept of this agent's writing is forgotten. */
  stop(): void;
}

interface Ports {
  api: ChatApi;
  desk: DeskStore;
  /** Names the person in what is kept in this browser. */
  owner: string;
  tell: (message: object) => void;
  looks: () => boolean;
  onArrival: () => void;
}

export function createChatDesk({ api, desk, owner, tell, looks, onArrival }: Ports): ChatDesk {
  const store = createChatStore();
  const sync = createChatSync(api, store);
  const actions = createChatActions(api, store, desk, sync.now);
  const drafts = createDrafts(owner);
  const outbox = createOutbox(api, store, createKeepsake<readonly OutgoingMessage[]>(`${owner}.outbox`, []));
  const serverNow = () => Date.now() + desk.get().clockOffset;
  const newId = createSortedIds('ms', serverNow);
  const unwatch = watchArrivals(store, { me: () => selectMe(desk.get()), looks, onArrival });
  let toldOf = '';
  let toldAt = 0;

  return {
    api,
    store,
    sync,
    actions,
    outbox,
    drafts,
    links: createFileLinks(api, serverNow),
    canned: createCanned(api),
    uploads: createUploads(api, drafts),
    send(chatId, { text, note, files, replyTo }) {
      outbox.add({
        id: newId(),
        chatId,
        agentId: desk.get().me,
        at: new Date(serverNow()).toISOString(),
        kind: note ? 'note' : 'text',
        text,
        files,
        ...(replyTo ? { replyTo } : {}),
        phase: 'waiting',
        failure: '',
      });
      toldOf = '';
    },
    types(chatId) {
      if (toldOf === chatId && Date.now() - toldAt < TYPING_REPEAT) return;
      toldOf = chatId;
      toldAt = Date.now();
      tell({ type: 'typing', chatId });
    },
    heardTyping(typing) {
      if (typing.agentId === desk.get().me) return;
      const now = Date.now();
      store.dispatch({ type: 'typing', typing, now, until: now + TYPING_HOLDS });
    },
    stop() {
      unwatch();
      outbox.stop();
      sync.stop();
      forgetKeepsakes();
    },
  };
}
