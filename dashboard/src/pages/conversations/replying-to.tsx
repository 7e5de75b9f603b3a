import { useTranslation } from 'react-i18next';
import { useChatState } from '../../chat/use-chats';
import { useAuthor } from './use-author';

/** The message that the one being written answers. */
export function ReplyingTo({ chatId, id, onRemove }: { chatId: string; id: string; onRemove: () => void }) {
  const { t } = useTranslation();
  const authorOf = useAuthor();
  const message = useChatState((state) => state.threads[chatId]?.messages.find((one) => one.id === id));
  return (
    <div className="replying-to">
      <span>
        {t('thread.inReplyTo')} <strong>{message ? authorOf(message) : t('thread.earlier')}</strong>
      </span>
      <span className="replying-to-text">{message?.text}</span>
      <button type="button" className="remove" aria-label={t('composer.removeReply')} onClick={onRemove}>
        <span aria-hidden="true">×</span>
      </button>
    </div>
  );
}
