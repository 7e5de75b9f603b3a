/** A tone of a test file: its pitch in Hz and its loudness from 0 to 1, by channel. */
interface Tone {
  hz: number;
  gain: number;
  channel: number;
}

const HEADER = 44;
const SAMPLE = 2;

/** A 16-bit WAV file with tones in it. */
export function wavFile(seconds: number, rate: number, channels: number, tones: Tone[]): Buffer {
  const frames = Math.round(seconds * rate);
  const frame = channels * SAMPLE;
  const file = Buffer.alloc(HEADER + frames * frame);
  file.write('RIFF', 0);
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(channels, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate * frame, 28);
  file.writeUInt16LE(frame, 32);
  file.writeUInt16LE(8 * SAMPLE, 34);
  file.write('data', 36);
  file.writeUInt32LE(frames * frame, 40);
  for (let i = 0; i < frames; i++) {
    for (let channel = 0; channel < channels; channel++) {
      const sum = tones
        .filter((tone) => tone.channel === channel)
        .reduce((level, { hz, gain }) => level + gain * Math.sin((2 * Math.PI * hz * i) / rate), 0);
      file.writeInt16LE(Math.round(32_000 * sum), HEADER + i * frame + channel * SAMPLE);
    }
  }
  return file;
}

/** What a file says of itself. */
export const formatOf = (file: Buffer) => ({
  coding: file.readUInt16LE(20),
  channels: file.readUInt16LE(22),
  rate: file.readUInt32LE(24),
  bits: file.readUInt16LE(34),
  seconds: (file.length - HEADER) / file.readUInt32LE(28),
});

/** The loudness of one pitch in a mono file, from 0 to 1: https://en.wikipedia.org/wiki/Goertzel_algorithm */
export function loudnessOf(file: Buffer, hz: number): number {
  const frames = (file.length - HEADER) / SAMPLE;
  const turn = 2 * Math.cos((2 * Math.PI * hz) / file.readUInt32LE(24));
  let [last, before] = [0, 0];
  for (let i = 0; i < frames; i++) {
    [last, before] = [file.readInt16LE(HEADER + i * SAMPLE) / 32_768 + turn * last - before, last];
  }
  return (2 * Math.sqrt(last * last + before * before - turn * last * before)) / frames;
}
