import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Chat, Message } from '../../api/chat-model';
import { formatTime } from '../../i18n/format';
import { MessageBubble } from './message-bubble';
import type { ThreadRow } from './thread-rows';
import { useDayName } from './use-day-time';
import { useEventText } from './use-event-text';

interface Props extends ThreadRow {
  chat: Chat;
  /** The message that this one answers, if it is held. */
  quoted: Message | undefined;
  /** As toDateString writes it: at midnight, what was today is yesterday. */
  today: string;
}

/**
 * One message or event of the thread, below its day if that is new. Drawn again only when it changes: the thread itself is
 * drawn several times for every turn of the wheel.
 */
export const ThreadLine = memo(function ThreadLine({ message, newDay, joins, chat, quoted, today }: Props) {
  return (
    <>
      {newDay && <DayLine at={message.at} today={today} />}
      {message.kind === 'event' ? (
        <EventLine message={message} />
      ) : (
        <MessageBubble message={message} chat={chat} joins={joins} quoted={quoted} />
      )}
    </>
  );
});

function DayLine({ at, today }: { at: string; today: string }) {
  const dayName = useDayName();
  return (
    <div className="thread-day">
      <span>{dayName(at, today)}</span>
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
