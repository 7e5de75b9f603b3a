import { useTranslation } from 'react-i18next';
import { useAudio, useDeskState } from '../desk/desk-context';
import { selectMe, standingOf } from '../desk/selectors';
import { AudioLine } from './audio-line';
import { SoundMeter } from './sound-meter';

/** No call: says whether one may come, and that the audio is ready for it. */
export function Idle() {
  const { t } = useTranslation();
  const me = useDeskState(selectMe);
  const audio = useAudio();
  if (!me) return null;
  const { status } = standingOf(me);
  const hint = { ready: 'idleReady', mixed: 'idleReady', paused: 'idlePaused', out: 'idleOut' } as const;
  return (
    <>
      <header className="call-heading">
        <h2>{t('call.idleTitle')}</h2>
      </header>
      <p className="call-hint">{t(`call.${hint[status]}`)}</p>
      <AudioLine />
      {audio.microphone && <SoundMeter stream={audio.microphone} label={t('call.yourMicrophone')} />}
    </>
  );
}
