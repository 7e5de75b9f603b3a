import ProgressBar from '@cloudscape-design/components/progress-bar';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import type { SentFile } from '../../chat/outgoing';
import type { Upload } from '../../chat/uploads';
import { useChatDesk } from '../../chat/use-chats';
import { useFileSize } from './use-file-size';

interface Props {
  files: SentFile[];
  uploads: Upload[];
  onRemove: (fileId: string) => void;
}

/** The files that go with what is being written, and those still being uploaded. */
export function DraftFiles({ files, uploads, onRemove }: Props) {
  const { t } = useTranslation();
  const sizeOf = useFileSize();
  const { uploads: desk } = useChatDesk();
  if (files.length + uploads.length === 0) return null;
  return (
    <ul className="draft-files" aria-label={t('attach.list')}>
      {files.map(({ id, name, bytes }) => (
        <li key={id}>
          <span className="attachment-name">{name}</span>
          <span className="quiet">{sizeOf(bytes)}</span>
          <Remove name={name} onClick={() => onRemove(id)} />
        </li>
      ))}
      {uploads.map(({ key, file, progress, failed }) => (
        <li key={key}>
          <span className="attachment-name">{file.name}</span>
          {failed ? (
            <>
              <StatusIndicator type="error">{t('attach.failed')}</StatusIndicator>
              <button type="button" className="message-action" onClick={() => desk.again(key)}>
                {t('delivery.again')}
              </button>
            </>
          ) : (
            <ProgressBar value={Math.round(progress * 100)} ariaLabel={t('attach.uploading', { name: file.name })} />
          )}
          <Remove name={file.name} onClick={() => desk.remove(key)} />
        </li>
      ))}
    </ul>
  );
}

function Remove({ name, onClick }: { name: string; onClick: () => void }) {
  const { t } = useTranslation();
  return (
    <button type="button" className="remove" aria-label={t('attach.remove', { name })} onClick={onClick}>
      <span aria-hidden="true">×</span>
    </button>
  );
}
