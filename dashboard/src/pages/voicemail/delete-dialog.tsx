import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Voicemail } from '../../api/model';
import { useDesk } from '../../desk/desk-context';
import { type ErrorKey, errorKeyOf } from '../../desk/failure';
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
  const [deleting, setDeleting] = useState(false);
  const [failure, setFailure] = useState<ErrorKey>();
  const remove = async () => {
    setDeleting(true);
    setFailure(undefined);
    try {
      await voicemails.remove(voicemail);
      onDeleted();
    } catch (error) {
      setFailure(errorKeyOf(error));
      setDeleting(false);
    }
  };
  return (
    <Modal
      visible
      header={t('recordings.deleteTitle')}
      onDismiss={onDismiss}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onDismiss}>
              {t('recordingForm.cancel')}
            </Button>
            <Button variant="primary" loading={deleting} onClick={() => void remove()}>
              {t('recordings.delete')}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        {failure && <Alert type="error">{t(`error.${failure}`)}</Alert>}
        <span>{t('voicemail.deleteText', { name: nameOf(voicemail) })}</span>
      </SpaceBetween>
    </Modal>
  );
}
