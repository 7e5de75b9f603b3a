import { useTranslation } from 'react-i18next';
import type { Message } from '../../api/chat-model';
import { useAgentNames, useChatState } from '../../chat/use-chats';
import { useDeskState } from '../../desk/desk-context';

/** Names who wrote a message. */
export function useAuthor(): (message: Message) => string {
  const { t } = useTranslation();
  const me = useDeskState((state) => state.me);
  const nameOf = useAgentNames();
  const chats = useChatState((state) => state.chats);
  return ({ from, chatId, agentId = '' }) => {
    if (from === 'customer') return chats[chatId]?.customer.name || t('thread.customer');
    if (from === 'elsewhere') return t('thread.elsewhere');
    return agentId === me ? t('thread.you') : nameOf(agentId) || t('thread.colleague');
  };
}
