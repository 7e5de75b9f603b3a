import Button from '@cloudscape-design/components/button';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Recording } from '../../api/model';
import { ArchiveIcon, UnarchiveIcon } from '../../app/icons';
import { editHref } from './hrefs';

interface Props {
  recording: Recording;
  archiving: string;
  onArchive: (recording: Recording) => void;
  onDelete: (recording: Recording) => void;
}

export function RowActions({ recording, archiving, onArchive, onDelete }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id, name, archived } = recording;
  const archive = archived ? t('recordings.unarchiveOne', { name }) : t('recordings.archiveOne', { name });
  return (
    <div className="row-actions">
      <Button
        variant="icon"
        iconName="edit"
        ariaLabel={t('recordings.editOne', { name })}
        onClick={() => void navigate(editHref(id))}
      />
      <Button
        variant="icon"
        iconSvg={archived ? <UnarchiveIcon /> : <ArchiveIcon />}
        loading={archiving === id}
        ariaLabel={archive}
        nativeButtonAttributes={{ title: archive }}
        onClick={() => onArchive(recording)}
      />
      <Button
        variant="icon"
        iconName="remove"
        ariaLabel={t('recordings.deleteOne', { name })}
        onClick={() => onDelete(recording)}
      />
    </div>
  );
}
