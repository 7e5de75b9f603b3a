import type { Note } from './note';

/** Which sound tells of a message. */
export type MessageTone = 'none' | 'chime' | 'drop' | 'bell';

interface Pattern {
  notes: Note[];
  seconds: number;
}

/** Short and unlike the ringtone, so that nobody reaches for the phone. */
export const messageTones: Readonly<Record<Exclude<MessageTone, 'none'>, Pattern>> = {
  chime: {
    notes: [
      { at: 0, hz: 1047, seconds: 0.3 },
      { at: 0.12, hz: 1319, seconds: 0.5 },
    ],
    seconds: 0.7,
  },
  drop: {
    notes: [
      { at: 0, hz: 880, seconds: 0.18 },
      { at: 0.09, hz: 587, seconds: 0.35 },
    ],
    seconds: 0.5,
  },
  bell: {
    notes: [
      { at: 0, hz: 1568, seconds: 0.9 },
      { at: 0, hz: 2093, seconds: 0.6 },
    ],
    seconds: 1,
  },
};

/** In the order in which the settings offer them. */
export const messageToneNames: readonly MessageTone[] = ['chime', 'drop', 'bell', 'none'];
