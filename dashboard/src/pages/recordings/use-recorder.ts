import { useCallback, useEffect, useRef, useState } from 'react';
import { microphoneProblem } from '../../audio/audio-problem';
import { captureObstacle } from '../../audio/microphone';
import { type Recorder, record } from '../../audio/recorder';
import { LONGEST_SECONDS, type Sound } from '../../recordings/sound';
import { SoundError, type SoundProblem } from '../../recordings/sound-problem';
import { toTelephoneSound } from '../../recordings/telephone-sound';
import { usePreferences } from '../../settings/preferences';

export type RecorderState =
  | { phase: 'idle'; problem?: SoundProblem | undefined }
  | { phase: 'opening' }
  /** `since` is in milliseconds of performance.now(). */
  | { phase: 'recording'; stream: MediaStream; since: number }
  | { phase: 'converting' };

export interface SoundRecorder {
  state: RecorderState;
  start: () => Promise<void>;
  stop: () => void;
  /** Makes the sound from a file instead. */
  convert: (file: Blob) => Promise<void>;
  /** What is being recorded is not wanted. */
  abandon: () => void;
}

/** One sound that is being made. */
interface Run {
  wanted: boolean;
  /** The form is gone. */
  left?: boolean;
  recorder?: Recorder;
}

/** Makes a sound with the microphone or from a file. Leaving the form stops a recording, and what there is of it is kept. */
export function useRecorder(onSound: (sound: Sound) => void): SoundRecorder {
  const { microphone } = usePreferences();
  const [state, setState] = useState<RecorderState>({ phase: 'idle' });
  const run = useRef<Run>({ wanted: true });

  const toSound = useCallback(
    async (source: Blob, from: 'microphone' | 'file', wanted: () => boolean) => {
      setState({ phase: 'converting' });
      try {
        const sound = await toTelephoneSound(source, from);
        if (wanted()) onSound(sound);
        setState({ phase: 'idle' });
      } catch (error) {
        setState({ phase: 'idle', problem: error instanceof SoundError ? error.problem : 'unreadable' });
      }
    },
    [onSound],
  );

  const start = useCallback(async () => {
    const obstacle = captureObstacle();
    if (obstacle) return setState({ phase: 'idle', problem: obstacle });
    const mine: Run = { wanted: true };
    run.current = mine;
    setState({ phase: 'opening' });
    try {
      const recorder = await record(microphone, LONGEST_SECONDS);
      mine.recorder = recorder;
      if (!mine.wanted || mine.left) return recorder.stop();
      setState({ phase: 'recording', stream: recorder.stream, since: performance.now() });
      const source = await recorder.sound;
      if (mine.wanted) await toSound(source, 'microphone', () => mine.wanted);
    } catch (error) {
      setState({ phase: 'idle', problem: microphoneProblem(error) });
    }
  }, [microphone, toSound]);

  const stop = useCallback(() => run.current.recorder?.stop(), []);
  const abandon = useCallback(() => {
    run.current.wanted = false;
    stop();
  }, [stop]);
  useEffect(
    () => () => {
      run.current.left = true; // a microphone that is being opened is closed at once
      stop();
    },
    [stop],
  );
  const convert = useCallback(
    (file: Blob) => {
      const mine: Run = { wanted: true };
      run.current = mine;
      return toSound(file, 'file', () => mine.wanted);
    },
    [toSound],
  );
  return { state, start, stop, convert, abandon };
}
