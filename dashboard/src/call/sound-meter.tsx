import { useEffect, useId, useRef } from 'react';
import { createLevelMeter } from '../audio/level-meter';
import { meteringContext } from '../audio/metering-context';

/** Milliseconds between two readings. */
const READING = 66;

interface Props {
  stream: MediaStream | undefined;
  label: string;
  /** Says why nothing can be heard, in the place of the bar. */
  instead?: string | undefined;
}

/** Shows how loud a stream is, and carries its strongest frequency as data for whoever checks a line with a tone. */
export function SoundMeter({ stream, label, instead }: Props) {
  const id = useId();
  const bar = useRef<HTMLDivElement>(null);
  const meter = useRef<HTMLMeterElement>(null);

  useEffect(() => {
    if (!stream) return;
    const measured = createLevelMeter(meteringContext(), stream);
    const show = (level: number, hz: number) => {
      const percent = Math.round(level * 100);
      if (bar.current) bar.current.style.inlineSize = `${percent}%`;
      if (!meter.current) return;
      meter.current.value = percent;
      meter.current.dataset['heardHz'] = hz.toFixed(0);
    };
    const timer = setInterval(() => show(measured.level(), measured.dominantHz()), READING);
    return () => {
      clearInterval(timer);
      measured.close();
      show(0, 0);
    };
  }, [stream]);

  return (
    <div className="sound-meter">
      <span id={id}>{label}</span>
      <meter ref={meter} className="visually-hidden" aria-labelledby={id} min={0} max={100} value={0} />
      {instead && <span className="sound-instead">{instead}</span>}
      <div className="sound-bar" aria-hidden="true" hidden={Boolean(instead)}>
        <div ref={bar} />
      </div>
    </div>
  );
}
