import { describe, expect, it } from 'vitest';
import { loudness, peakFrequency } from './level-meter';

const sine = (amplitude: number) => Float32Array.from({ length: 1024 }, (_, i) => amplitude * Math.sin(i / 3));

describe('loudness', () => {
  it.each([
    ['silence', new Float32Array(1024), 0],
    ['noise under the floor', sine(0.0005), 0],
    ['full scale', sine(1), 0.95],
    ['speech', sine(0.1), 0.62],
  ])('of %s', (_, samples, expected) => {
    expect(loudness(samples)).toBeCloseTo(expected, 1);
  });
});

describe('peakFrequency', () => {
  const spectrum = (peak: number) => Float32Array.from({ length: 2048 }, (_, i) => -20 - (i - peak) ** 2);
  it.each([
    ['on a bin', 41],
    ['between bins', 41.3],
    ['at the other side', 40.7],
  ])('%s', (_, peak) => {
    expect(peakFrequency(spectrum(peak), 10)).toBeCloseTo(peak * 10, 1);
  });

  it('is finite in digital silence', () => {
    expect(peakFrequency(new Float32Array(2048).fill(Number.NEGATIVE_INFINITY), 10)).toBe(10);
  });
});
