import { openMicrophone } from './microphone';

/** A recording under way. */
export interface Recorder {
  /** What is recorded, for a meter. */
  stream: MediaStream;
  stop(): void;
  /** What was recorded, once it is stopped, has lasted as long as it may, or has lost its microphone. */
  sound: Promise<Blob>;
}

/** Enough for speech to lose nothing that a telephone carries; the browser's own choice may be made for video calls. */
const BITS_A_SECOND = 128_000;

/** Records the chosen microphone. Rejects as getUserMedia does. */
export async function record(microphoneId: string, longestSeconds: number): Promise<Recorder> {
  const track = await openMicrophone(microphoneId);
  try {
    return recordTrack(track, longestSeconds);
  } catch (error) {
    track.stop();
    throw error;
  }
}

function recordTrack(track: MediaStreamTrack, longestSeconds: number): Recorder {
  const stream = new MediaStream([track]);
  const recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS_A_SECOND });
  const stop = () => {
    if (recorder.state !== 'inactive') recorder.stop();
  };
  const sound = new Promise<Blob>((resolve) => {
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    // An error or an unplugged microphone ends in a stop, too: what was recorded until then is kept.
    recorder.onstop = () => {
      clearTimeout(end);
      track.stop();
      resolve(new Blob(parts, { type: recorder.mimeType }));
    };
  });
  recorder.start();
  const end = setTimeout(stop, longestSeconds * 1000);
  return { stream, stop, sound };
}
