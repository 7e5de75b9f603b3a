import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';

/** Asks before a sound that is not saved is gone. */
export function DiscardDialog({ onDiscard, onStay }: { onDiscard: () => void; onStay: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      visible
      header={t('recordingForm.discardTitle')}
      onDismiss={onStay}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onStay}>
              {t('recordingForm.stay')}
            </Button>
            <Button variant="primary" onClick={onDiscard}>
              {t('recordingForm.discard')}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      {t('recordingForm.discardText')}
    </Modal>
  );
}
