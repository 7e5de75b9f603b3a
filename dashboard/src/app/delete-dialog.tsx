import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ErrorKey, errorKeyOf } from '../desk/failure';

interface Props {
  title: string;
  /** What will be gone. */
  text: string;
  confirm: string;
  cancel: string;
  /** Deletes it, and says so where it was; rejects with a Problem, which is shown here. */
  remove: () => Promise<void>;
  onDismiss: () => void;
}

/** Asks before something is gone for good. */
export function DeleteDialog({ title, text, confirm, cancel, remove, onDismiss }: Props) {
  const { t } = useTranslation();
  const [deleting, setDeleting] = useState(false);
  const [failure, setFailure] = useState<ErrorKey>();
  const run = async () => {
    setDeleting(true);
    setFailure(undefined);
    try {
      await remove();
    } catch (error) {
      setFailure(errorKeyOf(error));
      setDeleting(false);
    }
  };
  return (
    <Modal
      visible
      header={title}
      onDismiss={onDismiss}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onDismiss}>
              {cancel}
            </Button>
            <Button variant="primary" loading={deleting} onClick={() => void run()}>
              {confirm}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        {failure && <Alert type="error">{t(`error.${failure}`)}</Alert>}
        <span>{text}</span>
      </SpaceBetween>
    </Modal>
  );
}
