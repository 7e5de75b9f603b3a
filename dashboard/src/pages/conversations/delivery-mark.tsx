import { useTranslation } from 'react-i18next';
import type { Chat, Message } from '../../api/chat-model';
import { useChatDesk } from '../../chat/use-chats';
import { useDeskState } from '../../desk/desk-context';
import { useServerNow } from '../../desk/use-server-now';
import { wordText } from '../../i18n/word';
import { progressOf } from './delivery';

/** How far a message of ours has come, and what to do when it has come nowhere. */
export function DeliveryMark({ message, chat }: { message: Message; chat: Chat }) {
  const moving = message.delivery === 'sending';
  return moving ? <MovingMark message={message} chat={chat} /> : <Mark message={message} chat={chat} now={0} />;
}

/** Only a message that is being sent depends on the time. */
function MovingMark({ message, chat }: { message: Message; chat: Chat }) {
  return <Mark message={message} chat={chat} now={useServerNow()} />;
}

function Mark({ message, chat, now }: { message: Message; chat: Chat; now: number }) {
  const { t } = useTranslation();
  const offline = useDeskState((state) => state.link === 'lost');
  const progress = progressOf(message, chat, now);
  if (!progress) return null;
  const unknown = t('failure.unknown');
  const reason = message.failure ? wordText(t, `failure.${message.failure}`, unknown) : unknown;
  const waits = progress === 'sending' && message.version === -1 && offline;
  const text =
    progress === 'failed' ? t('delivery.failedFor', { reason }) : t(`delivery.${waits ? 'queued' : progress}`);
  return (
    <>
      <span className="delivery" data-progress={progress}>
        {text}
      </span>
      {(progress === 'failed' || progress === 'unconfirmed') && <AgainButtons message={message} />}
    </>
  );
}

function AgainButtons({ message }: { message: Message }) {
  const { t } = useTranslation();
  const { outbox, actions } = useChatDesk();
  const pending = useDeskState((state) => state.pending.includes(`chat:${message.id}`));
  const unsent = message.version === -1;
  const again = () => (unsent ? outbox.again(message.id) : void actions.retry(message));
  return (
    <>
      <button type="button" className="message-action" disabled={pending} onClick={again}>
        {t('delivery.again')}
      </button>
      {unsent && (
        <button type="button" className="message-action" onClick={() => outbox.discard(message.id)}>
          {t('delivery.discard')}
        </button>
      )}
    </>
  );
}
