import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Chat } from '../../api/chat-model';
import { ChannelBubble } from '../../chat/channel-bubble';
import { useCustomerName } from '../../chat/customer-name';
import { previewText } from '../../chat/preview';
import { useAgentNames, useQueueName } from '../../chat/use-chats';
import { useDeskState } from '../../desk/desk-context';
import { secondsBetween, useServerNow } from '../../desk/use-server-now';
import { formatDuration } from '../../i18n/format';
import { useDayTime } from './use-day-time';

interface Props {
  id: string;
  chat: Chat;
  open: boolean;
  active: boolean;
  position: number;
  total: number;
  /** Pixels from the beginning of the list. */
  top: number;
  onOpen: (chat: Chat) => void;
}

/** One conversation in the list. Drawn again only when it changes: the list itself is drawn with every turn of the wheel. */
export const ChatRow = memo(function ChatRow({ id, chat, open, active, position, total, top, onOpen }: Props) {
  const { t } = useTranslation();
  const { title } = useCustomerName()(chat);
  const queue = useQueueName(chat.queueId);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list box has the keys
    <div
      id={id}
      className="chat-row"
      role="option"
      tabIndex={-1}
      aria-selected={open}
      aria-posinset={position}
      aria-setsize={total}
      data-active={active}
      data-unread={chat.unread > 0}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onOpen(chat)}
    >
      <ChannelBubble channel={chat.channel} />
      <div className="chat-row-lines">
        <div className="chat-row-line">
          <span className="chat-row-name">{title}</span>
          {chat.waitingSince && chat.state !== 'resolved' ? (
            <Waiting since={chat.waitingSince} />
          ) : (
            <LastTime chat={chat} />
          )}
        </div>
        <div className="chat-row-line">
          <span className="chat-row-preview">{previewText(t, chat)}</span>
          {chat.unread > 0 && (
            <span className="unread-badge">
              <span aria-hidden="true">{chat.unread > 99 ? '99+' : chat.unread}</span>
              <span className="visually-hidden">{t('conversations.unread', { count: chat.unread })}</span>
            </span>
          )}
        </div>
        <div className="chat-row-line chat-row-foot">
          <span className="chat-row-queue">{queue}</span>
          <Holder chat={chat} />
          {chat.tags.map((tag) => (
            <span key={tag} className="chat-tag">
              {tag}
            </span>
          ))}
        </div>
      </div>
    </div>
  );
});

function Waiting({ since }: { since: string }) {
  const { t } = useTranslation();
  const now = useServerNow();
  const duration = formatDuration(secondsBetween(since, now));
  return (
    <span className="chat-waiting">
      <span aria-hidden="true">{duration}</span>
      <span className="visually-hidden">{t('conversations.waiting', { duration })}</span>
    </span>
  );
}

function LastTime({ chat }: { chat: Chat }) {
  const dayTime = useDayTime();
  return <span className="chat-row-time">{chat.lastAt ? dayTime(chat.lastAt) : ''}</span>;
}

/** Who has the chat, where that is not oneself. */
function Holder({ chat }: { chat: Chat }) {
  const { t } = useTranslation();
  const me = useDeskState((state) => state.me);
  const nameOf = useAgentNames();
  if (chat.state !== 'assigned' || chat.agentId === me) return null;
  const name = nameOf(chat.agentId ?? '');
  return name ? <span className="chat-row-holder">{t('conversations.heldBy', { name })}</span> : null;
}
