import { expect, it } from 'vitest';
import { decimate } from './decimate';

const RATE = 48_000;
const sine = (hz: number, length = RATE) =>
  Float32Array.from({ length }, (_, i) => Math.sin((2 * Math.PI * hz * i) / RATE));

/** Decibels of a sine of amplitude 1, away from the edges. */
function level(samples: Float32Array): number {
  const middle = samples.subarray(1000, -1000);
  return 10 * Math.log10((2 * middle.reduce((sum, sample) => sum + sample * sample, 0)) / middle.length);
}

it.each([100, 300, 1000, 2000, 3000, 3400])('passes %i Hz as it is', (hz) => {
  expect(Math.abs(level(decimate(sine(hz), 6)))).toBeLessThan(0.1);
});

it.each([4600, 5000, 6000, 7900, 12_000, 23_000])('removes %i Hz', (hz) => {
  expect(level(decimate(sine(hz), 6))).toBeLessThan(-58);
});

it('delays nothing', () => {
  const kept = decimate(sine(440), 6);
  const wanted = sine(440).filter((_, i) => i % 6 === 0);
  const worst = kept
    .subarray(100, -100)
    .reduce((most, s, i) => Math.max(most, Math.abs(s - (wanted[i + 100] ?? 0))), 0);
  expect(worst).toBeLessThan(0.005);
});

it.each([
  [0, 0],
  [1, 1],
  [6, 1],
  [7, 2],
  [RATE, 8000],
])('makes of %i samples %i', (before, after) => expect(decimate(new Float32Array(before), 6)).toHaveLength(after));
