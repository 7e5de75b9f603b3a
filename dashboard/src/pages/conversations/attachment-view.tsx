import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '../../api/chat-model';
import type { FileLink, MessagePlace } from '../../chat/file-links';
import { useChatDesk } from '../../chat/use-chats';
import { useFileLink } from './use-file-link';
import { useFileSize } from './use-file-size';

interface Props {
  message: MessagePlace;
  attachment: Attachment;
}

/** What is shown in the page itself. SVG is not: it can carry programs. */
const INLINE = /^(image)\/(png|jpeg|gif|webp|avif)$|^(audio|video)\//;

const mediaOf = (type = ''): string => {
  const found = INLINE.exec(type);
  return found?.[1] ?? found?.[3] ?? 'file';
};

/** A file of a message: a picture, a player, or a way to download it. */
export function AttachmentView({ message, attachment }: Props) {
  const { t } = useTranslation();
  const { state, reason } = attachment;
  if (state === 'fetching') {
    return <StatusIndicator type="in-progress">{t('attachment.fetching')}</StatusIndicator>;
  }
  if (state === 'refused') {
    const name = attachment.name ? `${attachment.name} · ` : '';
    return (
      <StatusIndicator type="warning">
        {name}
        {t(`attachment.refused.${reason ?? 'unknown'}`)}
      </StatusIndicator>
    );
  }
  return <Stored message={message} attachment={attachment} />;
}

function Stored({ message, attachment }: Props) {
  const { t } = useTranslation();
  const { link, failed, broken, retry } = useFileLink(message, attachment.id);
  const url = link?.url;
  const media = mediaOf(attachment.type);
  const name = attachment.name || t(media === 'image' ? 'attachment.image' : 'attachment.file');
  if (failed) {
    return (
      <span className="attachment-failed">
        <StatusIndicator type="error">{t('attachment.failed')}</StatusIndicator>
        <button type="button" className="message-action" onClick={retry}>
          {t('attachment.retry')}
        </button>
      </span>
    );
  }
  if (media === 'image') {
    return (
      <a
        className="attachment-image"
        href={url}
        target="_blank"
        rel="noopener noreferrer"
        aria-label={t('attachment.open', { name })}
      >
        {url && <img src={url} alt={name} onError={broken} />}
      </a>
    );
  }
  if (media === 'audio') {
    return (
      // biome-ignore lint/a11y/useMediaCaption: a customer's recording has no captions
      <audio className="attachment-player" controls preload="metadata" src={url} aria-label={name} onError={broken} />
    );
  }
  if (media === 'video') {
    return (
      // biome-ignore lint/a11y/useMediaCaption: a customer's recording has no captions
      <video className="attachment-player" controls preload="metadata" src={url} aria-label={name} onError={broken} />
    );
  }
  return <Download message={message} attachment={attachment} name={name} link={link} />;
}

interface DownloadProps extends Props {
  name: string;
  link: FileLink | undefined;
}

function Download({ message, attachment: { id, bytes }, name, link }: DownloadProps) {
  const { t } = useTranslation();
  const { links } = useChatDesk();
  const sizeOf = useFileSize();
  /** A link that has run out is replaced before it is followed. */
  const open = async (event: MouseEvent) => {
    if (link && link.until > Date.now()) return;
    event.preventDefault();
    const fresh = await links.get(message, id).catch(() => undefined);
    if (fresh) window.open(fresh.url, '_blank', 'noopener');
  };
  return (
    <a
      className="attachment-file"
      href={link?.url}
      download={name}
      onClick={(event) => void open(event)}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={t('attachment.download', { name })}
    >
      <span className="attachment-name">{name}</span>
      {bytes !== undefined && <span className="quiet">{sizeOf(bytes)}</span>}
    </a>
  );
}
