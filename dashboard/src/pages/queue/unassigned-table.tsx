import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Chat } from '../../api/chat-model';
import { LONG_CHAT_WAIT } from '../../cards/card-figures';
import { Waited } from '../../cards/figure';
import { ChannelBubble } from '../../chat/channel-bubble';
import { useCustomerName } from '../../chat/customer-name';
import { useChatState } from '../../chat/use-chats';
import { formatCount } from '../../i18n/format';

/** The chats of the queue that nobody has, the one that has waited longest first. */
export function UnassignedTable({ queueId }: { queueId: string }) {
  const { t, i18n } = useTranslation();
  const nameOf = useCustomerName();
  const all = useChatState((state) => state.chats);
  const chats = useMemo(() => unassigned(all, queueId), [all, queueId]);
  return (
    <Table
      header={
        <Header variant="h2" counter={`(${formatCount(chats.length, i18n.language)})`}>
          {t('queue.unassigned')}
        </Header>
      }
      items={chats}
      trackBy="id"
      wrapLines
      columnDefinitions={[
        {
          id: 'who',
          header: t('queue.customer'),
          cell: (chat) => (
            <span className="dotted">
              <ChannelBubble channel={chat.channel} />
              <Link to={`/conversations/${chat.id}`}>{nameOf(chat).title}</Link>
            </span>
          ),
          isRowHeader: true,
          minWidth: 180,
        },
        {
          id: 'wait',
          header: t('queue.wait'),
          cell: ({ waitingSince }) => waitingSince && <Waited since={waitingSince} limit={LONG_CHAT_WAIT} />,
          minWidth: 120,
        },
      ]}
      ariaLabels={{ tableLabel: t('queue.unassigned') }}
      empty={<Box color="text-body-secondary">{t('queue.noneUnassigned')}</Box>}
    />
  );
}

function unassigned(chats: Readonly<Record<string, Chat>>, queueId: string): Chat[] {
  const since = ({ waitingSince, lastAt }: Chat) => Date.parse(waitingSince ?? lastAt ?? '');
  return Object.values(chats)
    .filter((chat) => chat.queueId === queueId && chat.state === 'unassigned')
    .sort((a, b) => since(a) - since(b));
}
