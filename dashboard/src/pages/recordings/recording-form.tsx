import '../../styles/recordings.css';
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Toggle from '@cloudscape-design/components/toggle';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Recording } from '../../api/model';
import { LabelsField } from '../../app/labels-field';
import type { ErrorKey } from '../../desk/failure';
import type { Sound } from '../../recordings/sound';
import { DiscardDialog } from './discard-dialog';
import { SoundField } from './sound-field';
import { useRecorder } from './use-recorder';
import { useRecordingForm } from './use-recording-form';

interface Props {
  /** Undefined for a new one. */
  stored: Recording | undefined;
  /** Those in use. */
  tags: readonly string[];
  onSaved: (saved: Recording) => void;
  onCancel: () => void;
}

/** Every field of a recorded message. It is a page, not a dialog: a call that rings meanwhile can be taken. */
export function RecordingForm({ stored, tags, onSaved, onCancel }: Props) {
  const { t } = useTranslation();
  const { draft, change, problems, failure, progress, save, discard } = useRecordingForm(stored, onSaved);
  const recorder = useRecorder(useCallback((sound: Sound) => change({ sound }), [change]));
  const [asking, setAsking] = useState(false);
  const busy = recorder.state.phase !== 'idle';

  const leave = () => {
    recorder.abandon();
    discard();
    onCancel();
  };
  const cancel = () => (draft.sound || recorder.state.phase === 'recording' ? setAsking(true) : leave());
  return (
    <div className="recording-form">
      <Form
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={cancel}>
              {t('recordingForm.cancel')}
            </Button>
            <Button
              variant="primary"
              loading={progress !== undefined}
              disabled={busy}
              disabledReason={t('recordingForm.notYet')}
              onClick={() => void save()}
            >
              {t('recordingForm.save')}
            </Button>
          </SpaceBetween>
        }
      >
        <Container>
          <SpaceBetween size="l">
            {failure && <NotSaved failure={failure} />}
            <FormField label={t('recordings.name')} errorText={problems.name && t(`recordingForm.${problems.name}`)}>
              <Input value={draft.name} onChange={({ detail }) => change({ name: detail.value })} />
            </FormField>
            <LabelsField
              label={t('recordings.tags')}
              hint={t('recordingForm.tagsHint')}
              value={draft.tags}
              known={tags}
              onChange={(chosen) => change({ tags: chosen })}
            />
            <SoundField
              recorder={recorder}
              sound={draft.sound}
              stored={stored}
              errorText={problems.sound && t(`recordingForm.${problems.sound}`)}
            />
            {stored && (
              <Toggle checked={draft.archived} onChange={({ detail }) => change({ archived: detail.checked })}>
                {t('recordingForm.archived')}
              </Toggle>
            )}
            {progress !== undefined && draft.sound && (
              <StatusIndicator type="loading">
                {t('recordingForm.uploading', { percent: Math.round(progress * 100) })}
              </StatusIndicator>
            )}
          </SpaceBetween>
        </Container>
      </Form>
      {asking && <DiscardDialog onDiscard={leave} onStay={() => setAsking(false)} />}
    </div>
  );
}

function NotSaved({ failure }: { failure: ErrorKey }) {
  const { t } = useTranslation();
  return (
    <Alert type="error" header={t('recordingForm.failed')}>
      <Box variant="span">
        {t(failure === 'recordingChanged' ? 'recordingForm.changed' : `error.${failure}`)} {t('recordingForm.kept')}
      </Box>
    </Alert>
  );
}
