import { describe, expect, it } from 'vitest';
import { downmix, isSilent } from './samples';

describe('downmix', () => {
  it.each([
    ['one channel stays as it is', [[0.5, -1]], [0.5, -1]],
    [
      'two are the mean',
      [
        [1, 0, -1],
        [0, 0.5, -1],
      ],
      [0.5, 0.25, -1],
    ],
    ['opposites cancel', [[0.5], [-0.5]], [0]],
    ['six full ones are not clipped', [[1], [1], [1], [1], [1], [1]], [1]],
    ['none is nothing', [], []],
  ])('%s', (_, channels, mono) => {
    expect([...downmix(channels.map((channel) => Float32Array.from(channel)))]).toEqual(mono);
  });
});

describe('isSilent', () => {
  const stretch = 160;
  const sine = (amplitude: number, from = 0, to = 8000) =>
    Float32Array.from({ length: 8000 }, (_, i) => (i >= from && i < to ? amplitude * Math.sin(i / 3) : 0));

  it.each([
    ['nothing', new Float32Array(), true],
    ['zeros', new Float32Array(8000), true],
    ['the noise of a muted microphone', sine(0.001), true],
    ['speech', sine(0.1), false],
    ['a whisper', sine(0.01), false],
    ['one short word in a long pause', sine(0.1, 4000, 4800), false],
    ['a single click', sine(0.02, 4001, 4002), true],
  ])('of %s', (_, samples, silent) => {
    expect(isSilent(samples, stretch)).toBe(silent);
  });
});
