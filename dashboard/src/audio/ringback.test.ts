import { expect, it } from 'vitest';
import { ringbackOf } from './ringback';

it.each(['FR', 'US', 'GB', 'DE', ''])('rings within its pattern: %s', (country) => {
  const { notes, seconds } = ringbackOf(country);
  expect(notes.length).toBeGreaterThan(0);
  for (const note of notes) expect(note.at + note.seconds).toBeLessThan(seconds);
});

it('is of the country, or European', () => {
  expect(ringbackOf('FR').notes).toEqual([{ at: 0, hz: 440, seconds: 1.5, steady: true }]);
  expect(ringbackOf('US').notes.map(({ hz }) => hz)).toEqual([440, 480]);
  expect(ringbackOf('XX')).toBe(ringbackOf('DE'));
});
