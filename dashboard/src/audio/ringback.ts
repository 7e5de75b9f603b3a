import type { Note } from './note';

/** What is heard while a telephone rings elsewhere: a pattern, and after how many seconds it begins again. */
export interface Ringback {
  notes: Note[];
  seconds: number;
}

/** Frequencies that sound together, for so many seconds, at so many seconds from the start. */
const burst = (at: number, seconds: number, ...hz: number[]): Note[] =>
  hz.map((frequency) => ({ at, hz: frequency, seconds, steady: true }));

const american: Ringback = { notes: burst(0, 2, 440, 480), seconds: 6 };
const british: Ringback = { notes: [...burst(0, 0.4, 400, 450), ...burst(0.6, 0.4, 400, 450)], seconds: 3 };
const european: Ringback = { notes: burst(0, 1, 425), seconds: 5 };

/** Ringing tones of ITU-T E.180, supplement 2: https://www.itu.int/rec/T-REC-E.180 */
const byCountry: Readonly<Record<string, Ringback>> = {
  AT: { notes: burst(0, 1, 440), seconds: 6 },
  CA: american,
  ES: { notes: burst(0, 1.5, 425), seconds: 4.5 },
  FR: { notes: burst(0, 1.5, 440), seconds: 5 },
  GB: british,
  NZ: british,
  SE: { notes: burst(0, 1, 425), seconds: 6 },
  US: american,
};

/** The tone that people of the country know; what most of Europe hears for the others. */
export const ringbackOf = (country: string): Ringback => byCountry[country] ?? european;
