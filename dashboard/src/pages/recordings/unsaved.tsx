import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useDesk } from '../../desk/desk-context';
import type { RecordingDraft } from '../../recordings/recording-draft';
import { useRecordingDrafts } from '../../recordings/use-recordings';
import { DiscardDialog } from './discard-dialog';
import { editHref } from './hrefs';

/** Messages that were begun and left: they are kept until they are saved or discarded. */
export function Unsaved() {
  return useRecordingDrafts().map((draft) => <UnsavedOne key={draft.id} draft={draft} />);
}

function UnsavedOne({ draft: { id, name, sound } }: { draft: RecordingDraft }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { recordingDrafts } = useDesk();
  const [asking, setAsking] = useState(false);
  const discard = () => recordingDrafts.drop(id);
  return (
    <Alert
      type="info"
      action={
        <span className="unsaved-actions">
          <Button onClick={() => void navigate(editHref(id))}>{t('recordings.continue')}</Button>
          <Button variant="link" onClick={() => (sound ? setAsking(true) : discard())}>
            {t('recordingForm.discard')}
          </Button>
        </span>
      }
    >
      {name.trim() ? t('recordings.unsaved', { name }) : t('recordings.unsavedNew')}
      {asking && <DiscardDialog onDiscard={discard} onStay={() => setAsking(false)} />}
    </Alert>
  );
}
