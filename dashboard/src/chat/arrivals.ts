import type { Chat } from '../api/chat-model';
import type { Agent } from '../api/model';
import { concerns, heldBy } from './chat-selectors';
import type { Arrival, ChatState } from './chat-state';
import type { ChatStore } from './chat-store';
import { moment } from './moment';

/** What became new for the agent from one state to the next, the latest last. Told by versions, so that nothing is told twice. */
export function arrivalsBetween(before: ChatState, after: ChatState, me: Agent): Arrival[] {
  if (!before.listed || before.chats === after.chats) return [];
  return Object.values(after.chats)
    .filter((chat) => chat !== before.chats[chat.id] && concerns(chat, me))
    .flatMap((chat) => arrivalOf(before.chats[chat.id], chat, me))
    .sort((a, b) => moment(after.chats[a.chatId]?.lastAt) - moment(after.chats[b.chatId]?.lastAt));
}

function arrivalOf(before: Chat | undefined, chat: Chat, me: Agent): Arrival[] {
  const written = chat.unread > 0 && moment(chat.lastInAt) > moment(before?.lastInAt);
  if (written) return [{ chatId: chat.id, message: true }];
  const mattered = before !== undefined && concerns(before, me);
  return !mattered && (chat.unread > 0 || heldBy(chat, me.id)) ? [{ chatId: chat.id, message: chat.unread > 0 }] : [];
}

/** Whether the pop-up still has a reason to tell of the chat: until it is read, or somebody else's. */
export function stillNew({ chatId, message }: Arrival, chats: ChatState['chats'], me: Agent): boolean {
  const chat = chats[chatId];
  return chat !== undefined && concerns(chat, me) && (!message || chat.unread > 0);
}

interface Ports {
  me: () => Agent | undefined;
  /** Whether the agent is looking at the page. */
  looks: () => boolean;
  /** Something came that the agent does not see. */
  onArrival: () => void;
}

/** Tells of what comes while the agent does not look at its thread. */
export function watchArrivals(store: ChatStore, { me, looks, onArrival }: Ports): () => void {
  return store.subscribe((before) => {
    const agent = me();
    if (!agent) return;
    const state = store.get();
    const unseen = arrivalsBetween(before, state, agent).filter(({ chatId }) => chatId !== state.shown || !looks());
    for (const arrival of unseen) store.dispatch({ type: 'arrived', arrival });
    if (unseen.length > 0) onArrival();
  });
}
