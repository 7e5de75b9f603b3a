import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CannedMessage } from '../../api/chat-model';
import { useChatDesk } from '../../chat/use-chats';
import { type ErrorKey, errorKeyOf } from '../../desk/failure';

/** Asks before a canned message is gone for good. */
export function DeleteDialog({ message, onDismiss }: { message: CannedMessage; onDismiss: () => void }) {
  const { t } = useTranslation();
  const { canned } = useChatDesk();
  const [deleting, setDeleting] = useState(false);
  const [failure, setFailure] = useState<ErrorKey>();
  const remove = async () => {
    setDeleting(true);
    try {
      await canned.remove(message.id);
      onDismiss();
    } catch (error) {
      setFailure(errorKeyOf(error));
      setDeleting(false);
    }
  };
  return (
    <Modal
      visible
      header={t('cannedPage.deleteTitle')}
      onDismiss={onDismiss}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onDismiss}>
              {t('cannedForm.cancel')}
            </Button>
            <Button variant="primary" loading={deleting} onClick={() => void remove()}>
              {t('cannedPage.confirmDelete')}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        {failure && <Alert type="error">{t(`error.${failure}`)}</Alert>}
        <span>{t('cannedPage.deleteText', { title: message.title })}</span>
      </SpaceBetween>
    </Modal>
  );
}
