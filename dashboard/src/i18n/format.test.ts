import { expect, it } from 'vitest';
import { formatDuration, formatOtherDay } from './format';

it.each([
  [0, '0:00'],
  [5.9, '0:05'],
  [65, '1:05'],
  [3599, '59:59'],
  [3600, '1:00:00'],
  [36_065, '10:01:05'],
  [-3, '0:00'],
])('%s seconds are %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

it('names a day that is not today', () => {
  const now = new Date('2026-11-25T12:00:00');
  expect(formatOtherDay('2026-11-25T18:00:00', 'en', now)).toBe('');
  expect(formatOtherDay('2026-11-26T00:04:00', 'fr', now)).toBe('jeudi 26 novembre');
});
