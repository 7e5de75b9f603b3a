import { useCallback, useSyncExternalStore } from 'react';
import type { Chat } from '../api/chat-model';
import { useDesk, useDeskState } from '../desk/desk-context';
import type { ChatDesk } from './chat-desk';
import { unreadChats } from './chat-selectors';
import type { ChatState } from './chat-state';

export const useChatDesk = (): ChatDesk => useDesk().chats;

/** A part of the conversations' state; redraws when that part changes. The selector must give the same for the same state. */
export function useChatState<T>(select: (state: ChatState) => T): T {
  const { store } = useChatDesk();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}

export const useChat = (chatId: string): Chat | undefined => useChatState((state) => state.chats[chatId]);

/** How many chats wait to be read by the agent. */
export function useUnreadChats(): number {
  const me = useDeskState((state) => state.agents[state.me]);
  return useChatState(useCallback((state) => (me ? unreadChats(state, me) : 0), [me]));
}

/** Names an agent by id: oneself, the team, or a colleague. */
export function useAgentNames(): (agentId: string) => string {
  const agents = useDeskState((state) => state.agents);
  const colleagues = useChatState((state) => state.colleagues);
  return useCallback((id) => agents[id]?.name ?? colleagues[id]?.name ?? '', [agents, colleagues]);
}

export function useQueueName(queueId: string): string {
  return useDeskState((state) => state.queues.find(({ id }) => id === queueId)?.name ?? '');
}
