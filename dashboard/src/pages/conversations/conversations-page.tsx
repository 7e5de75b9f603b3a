import '../../styles/conversations.css';
import Box from '@cloudscape-design/components/box';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { PageTitle } from '../../app/page-title';
import { useNarrow } from '../../app/use-narrow';
import { useChatDesk } from '../../chat/use-chats';
import { useDeskState } from '../../desk/desk-context';
import { selectMe } from '../../desk/selectors';
import { ChatList } from './chat-list';
import { Conversation } from './conversation';
import { useRestOfWindow } from './use-rest-of-window';

/** The list of conversations, and the one that is open beside it. A narrow window shows one or the other. */
export function ConversationsPage() {
  const { t } = useTranslation();
  const { chatId = '' } = useParams();
  const narrow = useNarrow();
  const me = useDeskState(selectMe);
  const page = useRef<HTMLDivElement>(null);
  useRestOfWindow(page);
  useShown(chatId);
  if (!me) return null;
  const alone = narrow && chatId !== '';
  return (
    <div ref={page} className="conversations" data-alone={alone}>
      <PageTitle title={t('nav.conversations')} />
      <h1 className={alone ? 'visually-hidden' : 'conversations-title'}>{t('conversations.title')}</h1>
      {!alone && <ChatList me={me} chatId={chatId} />}
      {chatId ? <Conversation key={chatId} chatId={chatId} me={me} alone={alone} /> : !narrow && <NoneOpen />}
    </div>
  );
}

/** Tells the desk which chat is on the screen, for as long as it is. */
function useShown(chatId: string): void {
  const { sync, actions } = useChatDesk();
  useEffect(() => {
    sync.show(chatId);
  }, [sync, chatId]);
  useEffect(() => {
    void actions.loadColleagues();
    return () => sync.show('');
  }, [sync, actions]);
}

function NoneOpen() {
  const { t } = useTranslation();
  return (
    <div className="conversation-none">
      <Box variant="h2">{t('conversations.pick')}</Box>
      <Box color="text-body-secondary">{t('conversations.pickText')}</Box>
    </div>
  );
}
