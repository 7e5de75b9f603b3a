import '../styles/chat-popup.css';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Chat } from '../api/chat-model';
import { useDeskState } from '../desk/desk-context';
import { selectMe } from '../desk/selectors';
import { stillNew } from './arrivals';
import { ChannelBubble, channelName } from './channel-bubble';
import { useCustomerName } from './customer-name';
import { previewText } from './preview';
import { useChatDesk, useChatState, useQueueName, useUnreadChats } from './use-chats';

/**
 * Tells of a message at the bottom left, wherever the agent is: the latest, and how many chats are unread. It never takes
 * the focus, and goes away by itself once the chat is read.
 */
export function ChatPopup() {
  const chat = useLatestArrival();
  return (
    <>
      {chat && <Popup chat={chat} />}
      <div className="visually-hidden" role="status" aria-live="polite">
        {chat && <Spoken chat={chat} />}
      </div>
    </>
  );
}

function useLatestArrival(): Chat | undefined {
  const me = useDeskState(selectMe);
  const arrivals = useChatState((state) => state.arrivals);
  const chats = useChatState((state) => state.chats);
  return useMemo(() => {
    const latest = me && arrivals.find((arrival) => stillNew(arrival, chats, me));
    return latest && chats[latest.chatId];
  }, [arrivals, chats, me]);
}

function Popup({ chat }: { chat: Chat }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { store } = useChatDesk();
  const { title, detail } = useCustomerName()(chat);
  const queue = useQueueName(chat.queueId);
  const unread = useUnreadChats();
  const dismiss = () => store.dispatch({ type: 'arrivals-dismissed' });
  return (
    <aside className="chat-popup" aria-label={t('popup.region')}>
      <button
        type="button"
        className="chat-popup-open"
        onClick={() => {
          dismiss();
          void navigate(`/conversations/${chat.id}`);
        }}
      >
        <ChannelBubble channel={chat.channel} />
        <span className="chat-popup-lines">
          <strong>{title}</strong>
          {detail && <span className="quiet">{detail}</span>}
          <span className="quiet">{queue}</span>
          <span className="chat-popup-text">{previewText(t, chat)}</span>
          <span className="chat-popup-count">{t('popup.unread', { count: unread })}</span>
        </span>
      </button>
      <button type="button" className="chat-popup-close" aria-label={t('popup.dismiss')} onClick={dismiss}>
        <span aria-hidden="true">×</span>
      </button>
    </aside>
  );
}

function Spoken({ chat }: { chat: Chat }) {
  const { t } = useTranslation();
  const { title } = useCustomerName()(chat);
  const queue = useQueueName(chat.queueId);
  const unread = useUnreadChats();
  const said = t('popup.spoken', { name: title, channel: channelName(t, chat.channel), queue });
  return `${said} ${t('popup.unread', { count: unread })}`;
}
