import Alert from '@cloudscape-design/components/alert';
import { useTranslation } from 'react-i18next';
import type { Agent } from '../../api/model';
import { Loading } from '../../app/loading';
import { useChat, useChatState } from '../../chat/use-chats';
import { Composer } from './composer';
import { ConversationHeader } from './conversation-header';
import { DropZone } from './drop-zone';
import { ThreadView } from './thread-view';
import { useMarkRead } from './use-mark-read';

interface Props {
  chatId: string;
  me: Agent;
  /** The list is not beside it. */
  alone: boolean;
}

/** One conversation: whom with, what was said, and the field to answer. */
export function Conversation({ chatId, me, alone }: Props) {
  const { t } = useTranslation();
  const chat = useChat(chatId);
  const phase = useChatState((state) => state.threads[chatId]?.phase ?? 'loading');
  useMarkRead(chat, me);
  if (!chat) {
    return (
      <section className="conversation" aria-label={t('thread.region')}>
        {phase === 'failed' ? <Alert type="warning">{t('thread.gone')}</Alert> : <Loading />}
      </section>
    );
  }
  return (
    <DropZone chat={chat}>
      <ConversationHeader chat={chat} me={me} alone={alone} />
      <ThreadView chat={chat} />
      <Composer chat={chat} me={me} />
    </DropZone>
  );
}
