import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { Chat } from '../../api/chat-model';
import type { Agent } from '../../api/model';
import { concerns } from '../../chat/chat-selectors';
import { useChatDesk, useChatState } from '../../chat/use-chats';

const subscribe = (listener: () => void) => {
  const events = ['focus', 'blur'] as const;
  for (const event of events) window.addEventListener(event, listener);
  document.addEventListener('visibilitychange', listener);
  return () => {
    for (const event of events) window.removeEventListener(event, listener);
    document.removeEventListener('visibilitychange', listener);
  };
};

const looks = () => document.visibilityState === 'visible' && document.hasFocus();

/** Marks the thread as read while the agent looks at it, if it is for them to answer: a supervisor may look without a trace. */
export function useMarkRead(chat: Chat | undefined, me: Agent): void {
  const { actions } = useChatDesk();
  const looking = useSyncExternalStore(subscribe, looks);
  const chatId = chat?.id ?? '';
  const last = useChatState((state) => state.threads[chatId]?.messages.at(-1)?.key ?? '');
  const marked = useRef('');
  const due = looking && last !== '' && chat !== undefined && chat.unread > 0 && concerns(chat, me);
  useEffect(() => {
    if (!due || marked.current === last) return;
    marked.current = last;
    void actions.markRead(chatId, last);
  }, [actions, due, chatId, last]);
}
