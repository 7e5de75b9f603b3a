import { writeFileSync } from 'node:fs';

const RATE = 48_000;
const SECONDS = 10;
/** Beeps, since noise suppression takes a steady tone for a hum and removes it. */
const BEEP = 0.4;
const SILENCE = 0.1;

/** Writes a 16-bit mono WAV file with beeps of one pitch, for Chromium to play as a microphone, over and over, or for an agent to choose. */
export function writeTone(file: string, hz: number, seconds = SECONDS): void {
  const samples = RATE * seconds;
  const wav = Buffer.alloc(44 + 2 * samples);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + 2 * samples, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20); // PCM
  wav.writeUInt16LE(1, 22); // one channel
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(2 * RATE, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(2 * samples, 40);
  for (let i = 0; i < samples; i++) {
    const loud = (i / RATE) % (BEEP + SILENCE) < BEEP;
    wav.writeInt16LE(loud ? Math.round(12_000 * Math.sin((2 * Math.PI * hz * i) / RATE)) : 0, 44 + 2 * i);
  }
  writeFileSync(file, wav);
}
