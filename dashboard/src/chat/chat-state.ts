import type { Chat, Colleague, Message } from '../api/chat-model';
import type { Typing } from '../api/model';
import { moment } from './moment';
import { type OutgoingMessage, withoutArrived } from './outgoing';
import { mergeMessages, newThread, type Thread, withNewestPage, withOlderPage } from './thread-state';

/** A chat that has something new for the agent who is elsewhere. */
export interface Arrival {
  chatId: string;
  /** The customer's message that is new; absent when the chat itself is: a colleague or the system gave it to the agent. */
  message: boolean;
}

/** Somebody who writes, and until when that holds, in milliseconds of the local clock. */
export interface Writing {
  /** Empty for the customer. */
  agentId: string;
  until: number;
}

export interface ChatState {
  /** The open chats were listed at least once. */
  listed: boolean;
  /** Every chat known, by id. Lists are selections of these. */
  chats: Readonly<Record<string, Chat>>;
  /** Threads of the chats opened last, by id. */
  threads: Readonly<Record<string, Thread>>;
  /** Ids of those, the latest first. */
  opened: readonly string[];
  /** The chat on the screen; empty when none. */
  shown: string;
  /** Messages that the server has not answered for yet, in the order of writing. */
  outgoing: readonly OutgoingMessage[];
  writing: Readonly<Record<string, readonly Writing[]>>;
  /** What the pop-up tells of, the latest first. */
  arrivals: readonly Arrival[];
  /** Agents by id, as they were when they were last asked for. */
  colleagues: Readonly<Record<string, Colleague>>;
}

export type ThreadPage = { chatId: string; messages: readonly Message[]; more: boolean };

export type ChatStateEvent =
  /** `known` are the versions held when the list was asked for. */
  | { type: 'listed'; chats: readonly Chat[]; known: ReadonlyMap<string, number> }
  | { type: 'patch'; chats?: readonly Chat[]; messages?: readonly Message[] }
  | { type: 'gone'; chatId: string }
  | { type: 'shown'; chatId: string }
  | ({ type: 'newest-page' } & ThreadPage)
  | ({ type: 'older-page' } & ThreadPage)
  | { type: 'thread-failed'; chatId: string }
  | { type: 'outgoing'; outgoing: readonly OutgoingMessage[] }
  | { type: 'typing'; typing: Typing; until: number; now: number }
  | { type: 'arrived'; arrival: Arrival }
  | { type: 'arrivals-dismissed' }
  | { type: 'colleagues'; colleagues: readonly Colleague[] };

export const noChats: ChatState = {
  listed: false,
  chats: {},
  threads: {},
  opened: [],
  shown: '',
  outgoing: [],
  writing: {},
  arrivals: [],
  colleagues: {},
};

/** How many threads, and how many of the chats that no list but that of the resolved ones shows, are remembered. */
export const THREADS_KEPT = 4;
export const RESTING_KEPT = 100;
/** How many messages of a thread that is not on the screen are. */
export const MESSAGES_KEPT = 200;

/** The one reducer of conversations. Versions decide, so events may come in any order, twice or not at all. */
export function reduceChats(state: ChatState, event: ChatStateEvent): ChatState {
  switch (event.type) {
    case 'listed':
      return withList(state, event.chats, event.known);
    case 'patch':
      return withPatch(state, event.chats ?? [], event.messages ?? []);
    case 'gone':
      return state.chats[event.chatId] ? { ...state, chats: omit(state.chats, [event.chatId]) } : state;
    case 'shown':
      return withShown(state, event.chatId);
    case 'newest-page':
    case 'older-page':
      return withPage(state, event);
    case 'thread-failed':
      return withThread(state, event.chatId, (thread) => ({ ...thread, phase: 'failed' }));
    case 'outgoing':
      return { ...state, outgoing: event.outgoing };
    case 'typing':
      return withTyping(state, event);
    case 'arrived':
      return { ...state, arrivals: [event.arrival, ...state.arrivals.filter(otherThan(event.arrival.chatId))] };
    case 'arrivals-dismissed':
      return state.arrivals.length === 0 ? state : { ...state, arrivals: [] };
    case 'colleagues':
      return { ...state, colleagues: Object.fromEntries(event.colleagues.map((one) => [one.id, one])) };
  }
}

const otherThan = (chatId: string) => (item: { chatId: string }) => item.chatId !== chatId;

function omit<T>(record: Readonly<Record<string, T>>, ids: readonly string[]): Readonly<Record<string, T>> {
  const kept = { ...record };
  for (const id of ids) delete kept[id];
  return kept;
}

function newest(known: ChatState['chats'], incoming: readonly Chat[]): ChatState['chats'] {
  const merged: Record<string, Chat> = { ...known };
  let changed = false;
  for (const chat of incoming) {
    if (chat.version <= (merged[chat.id]?.version ?? -1)) continue;
    merged[chat.id] = chat;
    changed = true;
  }
  return changed ? merged : known;
}

/** An open chat that the list leaves out, and that nothing has changed since it was asked for, is no longer to be seen. */
function withList(state: ChatState, chats: readonly Chat[], known: ReadonlyMap<string, number>): ChatState {
  const listed = new Set(chats.map(({ id }) => id));
  const left = Object.values(state.chats).filter(
    ({ id, version, state: stage }) => stage !== 'resolved' && !listed.has(id) && known.get(id) === version,
  );
  const kept =
    left.length > 0
      ? omit(
          state.chats,
          left.map(({ id }) => id).filter((id) => id !== state.shown),
        )
      : state.chats;
  return pruned({ ...state, listed: true, chats: newest(kept, chats) });
}

function withPatch(state: ChatState, chats: readonly Chat[], messages: readonly Message[]): ChatState {
  let next = state;
  const merged = newest(state.chats, chats);
  if (merged !== state.chats) next = pruned({ ...next, chats: merged });
  for (const chatId of new Set(messages.map((message) => message.chatId))) {
    next = withThread(next, chatId, (thread) => {
      // Before the first page has come, a lone message would look like the whole thread.
      if (thread.phase === 'loading' && thread.messages.length === 0) return thread;
      const list = mergeMessages(
        thread.messages,
        messages.filter((message) => message.chatId === chatId),
      );
      return list === thread.messages ? thread : { ...thread, messages: list };
    });
  }
  const outgoing = withoutArrived(next.outgoing, messages);
  const writing = withoutAuthors(next.writing, messages);
  if (outgoing === next.outgoing && writing === next.writing) return next;
  return { ...next, outgoing, writing };
}

function withThread(state: ChatState, chatId: string, change: (thread: Thread) => Thread): ChatState {
  const thread = state.threads[chatId];
  const changed = thread && change(thread);
  return !changed || changed === thread ? state : { ...state, threads: { ...state.threads, [chatId]: changed } };
}

function withPage(state: ChatState, event: ThreadPage & { type: 'newest-page' | 'older-page' }): ChatState {
  const apply = event.type === 'newest-page' ? withNewestPage : withOlderPage;
  const next = withThread(state, event.chatId, (thread) => apply(thread, event.messages, event.more));
  const outgoing = withoutArrived(next.outgoing, event.messages);
  return outgoing === next.outgoing ? next : { ...next, outgoing };
}

/** Opens a chat: its thread is held from now on, and those opened longest ago are forgotten. */
function withShown(state: ChatState, chatId: string): ChatState {
  const left = state.threads[state.shown];
  let threads = state.threads;
  if (left && state.shown !== chatId && left.messages.length > MESSAGES_KEPT) {
    threads = { ...threads, [state.shown]: { ...left, messages: left.messages.slice(-MESSAGES_KEPT), older: true } };
  }
  if (!chatId) return { ...state, threads, shown: '' };
  const opened = [chatId, ...state.opened.filter((id) => id !== chatId)];
  threads = omit({ ...threads, [chatId]: threads[chatId] ?? newThread }, opened.slice(THREADS_KEPT));
  return {
    ...state,
    threads,
    opened: opened.slice(0, THREADS_KEPT),
    shown: chatId,
    arrivals: state.arrivals.filter(otherThan(chatId)),
  };
}

/** Forgets resolved chats beyond so many, the longest silent first. */
function pruned(state: ChatState): ChatState {
  const resting = Object.values(state.chats).filter(({ state: stage }) => stage === 'resolved');
  if (resting.length <= RESTING_KEPT) return state;
  const oldest = resting
    .sort((a, b) => moment(a.lastAt) - moment(b.lastAt))
    .slice(0, resting.length - RESTING_KEPT)
    .filter(({ id }) => id !== state.shown);
  return {
    ...state,
    chats: omit(
      state.chats,
      oldest.map(({ id }) => id),
    ),
  };
}

function withTyping(state: ChatState, { typing, until, now }: Extract<ChatStateEvent, { type: 'typing' }>): ChatState {
  const { chatId, agentId = '' } = typing;
  const others = (state.writing[chatId] ?? []).filter((one) => one.agentId !== agentId && one.until > now);
  return { ...state, writing: { ...state.writing, [chatId]: [...others, { agentId, until }] } };
}

/** Who has sent the message no longer writes it. */
function withoutAuthors(writing: ChatState['writing'], messages: readonly Message[]): ChatState['writing'] {
  let next = writing;
  for (const { chatId, from, agentId = '' } of messages) {
    const author = from === 'customer' ? '' : agentId;
    const those = next[chatId];
    if (!those?.some((one) => one.agentId === author) || (from !== 'customer' && !agentId)) continue;
    next = { ...next, [chatId]: those.filter((one) => one.agentId !== author) };
  }
  return next;
}
