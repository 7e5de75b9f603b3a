import { expect, it } from 'vitest';
import { formatDuration } from './format';

it.each([
  [0, '0:00'],
  [5.9, '0:05'],
  [65, '1:05'],
  [3599, '59:59'],
  [3600, '1:00:00'],
  [36_065, '10:01:05'],
  [-3, '0:00'],
])('%s seconds are %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));
