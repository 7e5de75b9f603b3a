import { useTranslation } from 'react-i18next';
import type { Chat, Message } from '../../api/chat-model';
import { useChatDesk } from '../../chat/use-chats';
import { formatTime } from '../../i18n/format';
import { AttachmentView } from './attachment-view';
import { DeliveryMark } from './delivery-mark';
import { linkify } from './linkify';
import { useAuthor } from './use-author';

interface Props {
  message: Message;
  chat: Chat;
  joins: boolean;
  quoted: Message | undefined;
}

/** Whose message it is, as the style sheet tells them apart. */
function lookOf({ kind, from }: Message): 'in' | 'out' | 'elsewhere' | 'note' {
  if (kind === 'note') return 'note';
  if (from === 'customer') return 'in';
  return from === 'elsewhere' ? 'elsewhere' : 'out';
}

export function MessageBubble({ message, chat, joins, quoted }: Props) {
  const { t, i18n } = useTranslation();
  const authorOf = useAuthor();
  const look = lookOf(message);
  const name = look === 'note' ? t('thread.noteBy', { name: authorOf(message) }) : authorOf(message);
  return (
    <article className="message" data-look={look} data-joins={joins} data-delivery={message.delivery} aria-label={name}>
      {!joins && (
        <p className="message-author" aria-hidden="true">
          {name}
        </p>
      )}
      <div className="message-bubble">
        {message.replyTo && <Quote quoted={quoted} />}
        <Content message={message} />
      </div>
      <Reactions message={message} />
      <footer className="message-foot">
        {message.editedAt && !message.deleted && <span>{t('thread.edited')}</span>}
        <time dateTime={message.at}>{formatTime(message.at, i18n.language)}</time>
        <DeliveryMark message={message} chat={chat} />
        {look !== 'note' && !message.deleted && message.version >= 0 && <ReplyButton message={message} />}
      </footer>
    </article>
  );
}

function Content({ message }: { message: Message }) {
  const { t } = useTranslation();
  const { kind, text = '', attachments, location, deleted } = message;
  if (deleted) return <p className="message-absent">{t('thread.deleted')}</p>;
  if (kind === 'unsupported') return <p className="message-absent">{t('thread.unsupported', { kind: text })}</p>;
  return (
    <>
      {kind === 'postback' && <p className="message-kind">{t('thread.postback')}</p>}
      {text && (
        <p className="message-text" dir="auto">
          <Linked text={text} />
        </p>
      )}
      {attachments?.map((attachment) => (
        <AttachmentView key={attachment.id} message={message} attachment={attachment} />
      ))}
      {location && <Place location={location} />}
    </>
  );
}

/** Text, with its web addresses as links. Never anything else than text. */
function Linked({ text }: { text: string }) {
  return linkify(text).map(({ text: part, href }, index) => {
    const key = `${index}`;
    if (!href) return <span key={key}>{part}</span>;
    return (
      <a key={key} href={href} target="_blank" rel="noopener noreferrer nofollow">
        {part}
      </a>
    );
  });
}

function Quote({ quoted }: { quoted: Message | undefined }) {
  const { t } = useTranslation();
  const authorOf = useAuthor();
  const text = quoted?.deleted
    ? t('preview.deleted')
    : quoted?.text || (quoted ? t('preview.file') : t('thread.earlier'));
  return (
    <blockquote className="message-quote">
      <span className="visually-hidden">{t('thread.inReplyTo')}</span>
      {quoted && <strong>{authorOf(quoted)}</strong>}
      <span>{text}</span>
    </blockquote>
  );
}

function Place({ location }: { location: NonNullable<Message['location']> }) {
  const { t } = useTranslation();
  const { latitude, longitude, label } = location;
  const href = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  return (
    <p className="message-place">
      <strong>{label || t('thread.location')}</strong>
      <a href={href} target="_blank" rel="noopener noreferrer">
        {t('thread.openMap')}
      </a>
    </p>
  );
}

function Reactions({ message: { reactions = {} } }: { message: Message }) {
  const { t } = useTranslation();
  const all = Object.entries(reactions).filter(([, emoji]) => emoji !== '');
  if (all.length === 0) return null;
  return (
    <ul className="message-reactions">
      {all.map(([who, emoji]) => (
        <li key={who}>
          <span aria-hidden="true">{emoji}</span>
          <span className="visually-hidden">
            {who === 'customer' ? t('thread.reactionCustomer', { emoji }) : t('thread.reactionUs', { emoji })}
          </span>
        </li>
      ))}
    </ul>
  );
}

function ReplyButton({ message }: { message: Message }) {
  const { t } = useTranslation();
  const { drafts } = useChatDesk();
  const reply = () => {
    const draft = drafts.get(message.chatId);
    drafts.set(message.chatId, { ...draft, replyTo: message.id, note: false });
  };
  return (
    <button
      type="button"
      className="message-reply"
      aria-label={t('thread.reply')}
      title={t('thread.reply')}
      onClick={reply}
    >
      <span aria-hidden="true">↩</span>
    </button>
  );
}
