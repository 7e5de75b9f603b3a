import { useTranslation } from 'react-i18next';
import type { Voicemail } from '../../api/model';
import { DeleteDialog as Dialog } from '../../app/delete-dialog';
import { useDesk } from '../../desk/desk-context';
import { useNaming } from './use-naming';

interface Props {
  voicemail: Voicemail;
  onDismiss: () => void;
  onDeleted: () => void;
}

/** Asks before a caller's message and its sound are gone for good. */
export function DeleteDialog({ voicemail, onDismiss, onDeleted }: Props) {
  const { t } = useTranslation();
  const { voicemails } = useDesk();
  const { nameOf } = useNaming();
  return (
    <Dialog
      title={t('recordings.deleteTitle')}
      text={t('voicemail.deleteText', { name: nameOf(voicemail) })}
      confirm={t('recordings.delete')}
      cancel={t('recordingForm.cancel')}
      remove={async () => {
        await voicemails.remove(voicemail);
        onDeleted();
      }}
      onDismiss={onDismiss}
    />
  );
}
