import { expect, it } from 'vitest';
import { clock } from './call-card';

it.each([
  [0, '00:00'],
  [9, '00:09'],
  [151, '02:31'],
  [3_661, '61:01'],
])('shows %i seconds as %s', (seconds, text) => {
  expect(clock(seconds)).toBe(text);
});
