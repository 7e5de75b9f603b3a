import { useTranslation } from 'react-i18next';
import type { Chat, Message } from '../../api/chat-model';
import { formatTime } from '../../i18n/format';
import { MessageBubble } from './message-bubble';
import type { ThreadRow } from './thread-rows';
import { useDayName } from './use-day-time';
import { useEventText } from './use-event-text';

interface Props {
  row: ThreadRow;
  chat: Chat;
  /** The message that this one answers, if it is held. */
  quoted: Message | undefined;
}

/** One message or event of the thread, below its day if that is new. */
export function ThreadLine({ row, chat, quoted }: Props) {
  const { message, newDay, joins } = row;
  return (
    <>
      {newDay && <DayLine at={message.at} />}
      {message.kind === 'event' ? (
        <EventLine message={message} />
      ) : (
        <MessageBubble message={message} chat={chat} joins={joins} quoted={quoted} />
      )}
    </>
  );
}

function DayLine({ at }: { at: string }) {
  const dayName = useDayName();
  return (
    <div className="thread-day">
      <span>{dayName(at)}</span>
    </div>
  );
}

function EventLine({ message }: { message: Message }) {
  const { i18n } = useTranslation();
  const textOf = useEventText();
  return (
    <p className="thread-event">
      {textOf(message)} <time dateTime={message.at}>{formatTime(message.at, i18n.language)}</time>
    </p>
  );
}
