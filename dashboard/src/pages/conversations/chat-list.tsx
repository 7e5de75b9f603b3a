import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Chat } from '../../api/chat-model';
import type { Agent } from '../../api/model';
import { type ChatFilter, listedChats } from '../../chat/chat-selectors';
import { useChatState } from '../../chat/use-chats';
import { ChatFilters } from './chat-filters';
import { ChatRows } from './chat-rows';
import { ListFooter } from './list-footer';
import { useFilter } from './use-filter';
import { useResolved } from './use-resolved';

const emptyTexts = {
  mine: 'conversations.emptyMine',
  unassigned: 'conversations.emptyUnassigned',
  all: 'conversations.emptyAll',
  resolved: 'conversations.emptyResolved',
} as const;

/** The conversations of one list, filtered. */
export function ChatList({ me, chatId }: { me: Agent; chatId: string }) {
  const { t } = useTranslation();
  const [filter, change] = useFilter();
  const open = useOpenChats(me, filter);
  const listed = useChatState((state) => state.listed);
  const resolved = useResolved(me, filter);
  const isResolved = filter.view === 'resolved';
  const chats = isResolved ? resolved.chats : open;
  const loading = isResolved ? resolved.phase === 'loading' : !listed;
  const filtered = [filter.channel, filter.tag, filter.queueId, filter.search].some((value) => value !== '');
  return (
    <section className="conversation-list" aria-label={t('conversations.lists')}>
      <ChatFilters me={me} filter={filter} onChange={change} />
      <ChatRows chats={chats} chatId={chatId} label={t('conversations.list')} />
      {chats.length === 0 && !loading && resolved.phase !== 'failed' && (
        <p className="conversation-list-empty">{t(filtered ? 'conversations.noMatch' : emptyTexts[filter.view])}</p>
      )}
      <ListFooter
        loading={loading}
        failed={isResolved && resolved.phase === 'failed'}
        more={isResolved && resolved.more}
        onMore={() => void resolved.loadMore()}
        onRetry={resolved.retry}
      />
    </section>
  );
}

function useOpenChats(me: Agent, filter: ChatFilter): Chat[] {
  const chats = useChatState((state) => state.chats);
  return useMemo(() => listedChats(chats, me, filter), [chats, me, filter]);
}
