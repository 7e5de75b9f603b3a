import { decimate } from '../audio/decimate';
import { downmix, isSilent } from '../audio/samples';
import { encodeWav } from '../audio/wav';
import { LONGEST_SECONDS, type Sound } from './sound';
import { SoundError } from './sound-problem';

/** Hz, of telephony. */
const RATE = 8000;
/** What sounds are decoded at is so many times that: browsers, too, record at 48 kHz. */
const FACTOR = 6;
/** Samples, 20 ms: the shortest stretch of sound that a person notices. */
const STRETCH = RATE / 50;
/** Seconds: coders lengthen a file a little, and a recording stops a moment after its time. That is cut. */
const TOLERANCE = 1;
/** Bytes, as two minutes have in no usual format: what is larger would only fill the memory. */
const LARGEST = 100_000_000;

/** Makes a recorded message of what a microphone or a file has given. Rejects with a SoundError. */
export async function toTelephoneSound(source: Blob, from: 'microphone' | 'file'): Promise<Sound> {
  if (source.size > LARGEST) throw new SoundError('tooLarge');
  if (from === 'file' && (await lengthOf(source)) > LONGEST_SECONDS + TOLERANCE) throw new SoundError('tooLong');
  // A recording that was stopped at once is too short to be decoded.
  const decoded = await decode(source).catch(() => undefined);
  if (!decoded) throw new SoundError(from === 'file' ? 'unreadable' : 'silent');
  if (decoded.length > (LONGEST_SECONDS + TOLERANCE) * RATE * FACTOR) throw new SoundError('tooLong');
  const samples = decimate(decoded.subarray(0, LONGEST_SECONDS * RATE * FACTOR), FACTOR);
  if (isSilent(samples, STRETCH)) throw new SoundError(from === 'file' ? 'silentFile' : 'silent');
  const file = new File([encodeWav(samples, RATE)], 'message.wav', { type: 'audio/wav' });
  return { file, seconds: samples.length / RATE };
}

/** Decodes whatever the browser can. */
async function decode(source: Blob): Promise<Float32Array> {
  const context = new OfflineAudioContext(1, 1, RATE * FACTOR);
  const sound = await context.decodeAudioData(await source.arrayBuffer());
  return downmix(Array.from({ length: sound.numberOfChannels }, (_, i) => sound.getChannelData(i)));
}

/** Seconds, read from the file's head, so that hours of music are refused before they are decoded; 0 when it says nothing. */
function lengthOf(source: Blob): Promise<number> {
  const url = URL.createObjectURL(source);
  const element = new Audio();
  return new Promise<number>((resolve) => {
    element.preload = 'metadata';
    element.onloadedmetadata = () => resolve(Number.isFinite(element.duration) ? element.duration : 0);
    element.onerror = () => resolve(0);
    element.src = url;
  }).finally(() => URL.revokeObjectURL(url));
}
