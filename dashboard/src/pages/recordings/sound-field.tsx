import Button from '@cloudscape-design/components/button';
import FileInput from '@cloudscape-design/components/file-input';
import FormField from '@cloudscape-design/components/form-field';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Recording } from '../../api/model';
import { useFocusKept } from '../../app/use-focus-kept';
import { Listen } from '../../audio/listen';
import { usePlayer } from '../../audio/use-player';
import { useDesk, useDeskState } from '../../desk/desk-context';
import { selectCall } from '../../desk/selectors';
import type { Sound } from '../../recordings/sound';
import { RecordingControls } from './recording-controls';
import { SoundProblemNote } from './sound-problem-note';
import type { SoundRecorder } from './use-recorder';

interface Props {
  recorder: SoundRecorder;
  sound: Sound | undefined;
  stored: Recording | undefined;
  errorText: string | undefined;
}

/** The sound of a message: recorded, listened to, recorded again, or taken from a file. */
export function SoundField({ recorder, sound, stored, errorText }: Props) {
  const { t } = useTranslation();
  const { state, stop } = recorder;
  const inCall = useDeskState((desk) => selectCall(desk).stage === 'live');
  // What is said to a customer must not end up in a message.
  useEffect(() => {
    if (inCall && state.phase === 'recording') stop();
  }, [inCall, state.phase, stop]);
  const region = useRef<HTMLFieldSetElement>(null);
  useFocusKept(region, state.phase);
  return (
    <FormField label={t('sound.label')} description={t('sound.hint')} errorText={errorText} stretch>
      <fieldset className="sound-field" ref={region} tabIndex={-1} aria-label={t('sound.label')}>
        <Current recorder={recorder} sound={sound} stored={stored} />
        {state.phase === 'recording' ? (
          <RecordingControls stream={state.stream} since={state.since} onStop={stop} />
        ) : (
          <Sources recorder={recorder} again={sound !== undefined || stored !== undefined} inCall={inCall} />
        )}
        {state.phase === 'idle' && state.problem && <SoundProblemNote problem={state.problem} />}
      </fieldset>
    </FormField>
  );
}

/** The sound as it is now, unless another one is being made. */
function Current({ recorder: { state }, sound, stored }: Omit<Props, 'errorText'>) {
  const { t } = useTranslation();
  const { recordings } = useDesk();
  const player = usePlayer();
  const url = useObjectUrl(sound?.file);
  const { stop } = player;
  useEffect(() => {
    if (state.phase === 'opening') stop(); // or the microphone hears it
  }, [state.phase, stop]);
  if (state.phase === 'opening' || state.phase === 'recording') return null;
  if (state.phase === 'converting') return <StatusIndicator type="loading">{t('sound.converting')}</StatusIndicator>;
  if (sound) {
    return (
      <div className="sound-sources">
        <Listen player={player} id={url} name={t('sound.new')} seconds={sound.seconds} address={async () => url} />
        <span className="quiet">{t('sound.unsaved')}</span>
      </div>
    );
  }
  if (!stored) return null;
  const { id, name, seconds } = stored;
  return <Listen player={player} id={id} name={name} seconds={seconds} address={() => recordings.soundOf(id)} />;
}

function useObjectUrl(file: File | undefined): string {
  const [url, setUrl] = useState('');
  useEffect(() => {
    if (!file) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return url;
}

interface SourcesProps {
  recorder: SoundRecorder;
  /** There is a sound, which another one would replace. */
  again: boolean;
  inCall: boolean;
}

function Sources({ recorder: { state, start, convert }, again, inCall }: SourcesProps) {
  const { t } = useTranslation();
  const busy = state.phase !== 'idle';
  return (
    <>
      <div className="sound-sources">
        <Button
          iconName="microphone"
          loading={state.phase === 'opening'}
          disabled={inCall || state.phase === 'converting'}
          onClick={() => void start()}
        >
          {again ? t('sound.recordAgain') : t('sound.record')}
        </Button>
        <FileInput
          accept="audio/*"
          value={[]}
          onChange={({ detail: { value } }) => {
            const [file] = value;
            if (file && !busy) void convert(file);
          }}
        >
          {again ? t('sound.otherFile') : t('sound.file')}
        </FileInput>
      </div>
      {inCall && <span className="quiet">{t('sound.inCall')}</span>}
    </>
  );
}
