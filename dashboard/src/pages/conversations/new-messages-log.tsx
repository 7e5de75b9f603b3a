import { memo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../api/chat-model';
import { useAuthor } from './use-author';

/** How many messages the log keeps: enough for those that come at once. */
const KEPT = 5;

interface Props {
  messages: readonly Message[];
  ready: boolean;
}

/**
 * Reads out the messages that come while the thread is open. The thread itself can't: scrolling puts lines into it and
 * takes them out.
 */
export const NewMessagesLog = memo(function NewMessagesLog({ messages, ready }: Props) {
  const { t } = useTranslation();
  const authorOf = useAuthor();
  const from = useRef<string>(undefined);
  if (ready) from.current ??= messages.at(-1)?.key ?? '';
  const since = from.current;
  const fresh =
    since === undefined ? [] : messages.filter(({ key, from: author }) => key > since && author !== 'system');
  return (
    <div className="visually-hidden" role="log" aria-live="polite" aria-label={t('thread.log')}>
      {fresh.slice(-KEPT).map((message) => (
        <p key={message.id}>{t('thread.says', { name: authorOf(message), text: message.text ?? '' })}</p>
      ))}
    </div>
  );
});
