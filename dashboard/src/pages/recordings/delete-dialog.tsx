import { useTranslation } from 'react-i18next';
import type { Recording } from '../../api/model';
import { DeleteDialog as Dialog } from '../../app/delete-dialog';
import { useDesk } from '../../desk/desk-context';

interface Props {
  recording: Recording;
  onDismiss: () => void;
  onDeleted: () => void;
}

/** Asks before a recorded message and its sound are gone for good. */
export function DeleteDialog({ recording: { id, name }, onDismiss, onDeleted }: Props) {
  const { t } = useTranslation();
  const { recordings, recordingDrafts } = useDesk();
  return (
    <Dialog
      title={t('recordings.deleteTitle')}
      text={t('recordings.deleteText', { name })}
      confirm={t('recordings.delete')}
      cancel={t('recordingForm.cancel')}
      remove={async () => {
        await recordings.remove(id);
        recordingDrafts.drop(id);
        onDeleted();
      }}
      onDismiss={onDismiss}
    />
  );
}
