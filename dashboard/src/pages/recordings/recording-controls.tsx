import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SoundMeter } from '../../call/sound-meter';
import { TimeLeft } from '../../call/time-left';
import { formatDuration } from '../../i18n/format';
import { LONGEST_SECONDS } from '../../recordings/sound';

interface Props {
  stream: MediaStream;
  /** Milliseconds of performance.now(). */
  since: number;
  onStop: () => void;
}

/** Seconds before the end at which it is said that it comes. */
const SOON = 10;

/** A recording under way: how long it is, that the microphone hears something, and the way to stop. */
export function RecordingControls({ stream, since, onStop }: Props) {
  const { t } = useTranslation();
  const seconds = useSecondsSince(since);
  const stop = useRef<ButtonProps.Ref>(null);
  // The button that began it is gone; the one that ends it takes its place.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) stop.current?.focus();
  }, []);
  const left = LONGEST_SECONDS - seconds;
  return (
    <div className="recording-controls">
      <p className="recording-clock">
        <span className="recording-dot" aria-hidden="true" />
        <span role="timer" aria-label={t('sound.recordedSoFar')}>
          {formatDuration(seconds)}
        </span>
        <span className="quiet">{t('sound.ofLongest', { longest: formatDuration(LONGEST_SECONDS) })}</span>
      </p>
      <TimeLeft left={left} total={LONGEST_SECONDS} />
      <SoundMeter stream={stream} label={t('settings.microphoneLevel')} />
      <Button ref={stop} variant="primary" iconName="stop-circle" onClick={onStop}>
        {t('sound.stop')}
      </Button>
      <p role="status" className="quiet">
        {left <= SOON ? t('sound.endsSoon') : t('sound.speak')}
      </p>
    </div>
  );
}

/** Read four times a second, so that no second is skipped. */
function useSecondsSince(since: number): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(Math.floor((performance.now() - since) / 1000)), 250);
    return () => clearInterval(timer);
  }, [since]);
  return Math.min(LONGEST_SECONDS, seconds);
}
