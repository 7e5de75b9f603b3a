import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AudioProblem, microphoneProblem } from '../../audio/audio-problem';
import { captureObstacle, openMicrophone } from '../../audio/microphone';
import { startEcho } from '../../audio/microphone-test';
import { SoundMeter } from '../../call/sound-meter';
import { useDeskState } from '../../desk/desk-context';
import { selectCall } from '../../desk/selectors';
import { usePreferences } from '../../settings/preferences';

interface Test {
  running: boolean;
  stream: MediaStream | undefined;
  problem: AudioProblem | undefined;
  start: () => void;
  stop: () => void;
}

/** Opens the chosen microphone for as long as the test runs, and again when another one is chosen. */
function useMicrophoneTest(onAllowed: () => void): Test {
  const { microphone } = usePreferences();
  const [running, setRunning] = useState(false);
  const [stream, setStream] = useState<MediaStream>();
  const [problem, setProblem] = useState<AudioProblem>();

  useEffect(() => {
    if (!running) return;
    let track: MediaStreamTrack | undefined;
    let current = true;
    openMicrophone(microphone).then(
      (opened) => {
        track = opened;
        if (!current) return opened.stop();
        setStream(new MediaStream([opened]));
        onAllowed();
      },
      (error: unknown) => {
        setProblem(microphoneProblem(error));
        setRunning(false);
      },
    );
    return () => {
      current = false;
      track?.stop();
      setStream(undefined);
    };
  }, [running, microphone, onAllowed]);

  const start = () => {
    const obstacle = captureObstacle();
    setProblem(obstacle);
    setRunning(!obstacle);
  };
  return { running, stream, problem, start, stop: () => setRunning(false) };
}

/** Plays the microphone back, but never into a call. */
function useEcho(stream: MediaStream | undefined): boolean {
  const { speaker } = usePreferences();
  const inCall = useDeskState((state) => selectCall(state).stage === 'live');
  useEffect(() => (stream && !inCall ? startEcho(stream, speaker) : undefined), [stream, speaker, inCall]);
  return !inCall;
}

export function MicrophoneTest({ named, onAllowed }: { named: boolean; onAllowed: () => void }) {
  const { t } = useTranslation();
  const { running, stream, problem, start, stop } = useMicrophoneTest(onAllowed);
  const echoes = useEcho(stream);
  const startLabel = named ? t('settings.testMicrophone') : t('settings.allow');
  return (
    <SpaceBetween size="s">
      {problem && <Alert type="error">{t(`audio.problem.${problem}`)}</Alert>}
      {!named && !running && <span className="quiet">{t('settings.allowText')}</span>}
      <Button iconName={running ? 'close' : 'microphone'} onClick={running ? stop : start}>
        {running ? t('settings.stopTest') : startLabel}
      </Button>
      {running && (
        <>
          <SoundMeter stream={stream} label={t('settings.microphoneLevel')} />
          <span className="quiet">{echoes ? t('settings.testHint') : t('settings.echoDuringCall')}</span>
        </>
      )}
    </SpaceBetween>
  );
}
