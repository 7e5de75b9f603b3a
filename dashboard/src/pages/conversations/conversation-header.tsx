import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import type { Chat } from '../../api/chat-model';
import type { Agent } from '../../api/model';
import { ChannelBubble, channelName } from '../../chat/channel-bubble';
import { heldBy } from '../../chat/chat-selectors';
import { useCustomerName } from '../../chat/customer-name';
import { useAgentNames, useChatDesk, useQueueName } from '../../chat/use-chats';
import { useDeskState } from '../../desk/desk-context';
import { CallButton, MeetingButtons } from './bridge-buttons';
import { Tags } from './tags';
import { TransferDialog } from './transfer-dialog';

interface Props {
  chat: Chat;
  me: Agent;
  alone: boolean;
}

/** Whom the conversation is with, who has it, and what can be done with it. */
export function ConversationHeader({ chat, me, alone }: Props) {
  const { t } = useTranslation();
  const { title, detail } = useCustomerName()(chat);
  const queue = useQueueName(chat.queueId);
  const holder = useHolder(chat, me);
  const Title = alone ? 'p' : 'h2';
  const facts = [channelName(t, chat.channel), detail, queue, holder, chat.visitorHere ? t('header.here') : ''];
  return (
    <header className="conversation-header">
      {alone && <Back />}
      <ChannelBubble channel={chat.channel} />
      <div className="conversation-who">
        <Title className="conversation-name">{title}</Title>
        <p className="conversation-facts">{facts.filter(Boolean).join(' · ')}</p>
      </div>
      <HeaderButtons chat={chat} me={me} />
      <Tags chat={chat} />
    </header>
  );
}

function useHolder(chat: Chat, me: Agent): string {
  const { t } = useTranslation();
  const nameOf = useAgentNames();
  if (chat.state === 'resolved') return t('conversations.resolved');
  if (chat.state === 'unassigned') return t('conversations.nobody');
  if (heldBy(chat, me.id)) return t('header.yours');
  return t('conversations.heldBy', { name: nameOf(chat.agentId ?? '') || t('thread.colleague') });
}

function Back() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { search } = useLocation();
  return (
    <Button
      variant="icon"
      iconName="arrow-left"
      ariaLabel={t('conversations.back')}
      onClick={() => void navigate({ pathname: '/conversations', search })}
    />
  );
}

function HeaderButtons({ chat, me }: { chat: Chat; me: Agent }) {
  const { t } = useTranslation();
  const { actions } = useChatDesk();
  const [transfers, setTransfers] = useState(false);
  const pending = useDeskState((state) => state.pending.includes(`chat:${chat.id}`));
  if (chat.state === 'resolved') {
    return (
      <div className="conversation-buttons">
        <Button disabled={pending} onClick={() => void actions.reopen(chat.id)}>
          {t('header.reopen')}
        </Button>
      </div>
    );
  }
  const mine = heldBy(chat, me.id);
  return (
    <div className="conversation-buttons">
      {!mine && (
        <Button variant="primary" disabled={pending} onClick={() => void actions.assign(chat.id, { agentId: me.id })}>
          {t('header.assignToMe')}
        </Button>
      )}
      {mine && <CallButton chat={chat} />}
      {mine && <MeetingButtons chat={chat} />}
      <Button disabled={pending} onClick={() => setTransfers(true)}>
        {t('header.transfer')}
      </Button>
      <Button disabled={pending} iconName="check" onClick={() => void actions.resolve(chat.id)}>
        {t('header.resolve')}
      </Button>
      {transfers && <TransferDialog chat={chat} me={me} onDismiss={() => setTransfers(false)} />}
    </div>
  );
}
