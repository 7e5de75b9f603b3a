import { expect, it } from 'vitest';
import { encodeWav } from './wav';

it('writes a header that says what follows', () => {
  const file = Buffer.from(encodeWav(new Float32Array(3), 8000));
  expect(file.length).toBe(50);
  expect(file.toString('latin1', 0, 4)).toBe('RIFF');
  expect(file.readUInt32LE(4)).toBe(file.length - 8);
  expect(file.toString('latin1', 8, 16)).toBe('WAVEfmt ');
  expect(file.readUInt32LE(16)).toBe(16);
  expect([20, 22, 32, 34].map((at) => file.readUInt16LE(at))).toEqual([1, 1, 2, 16]);
  expect([24, 28].map((at) => file.readUInt32LE(at))).toEqual([8000, 16_000]);
  expect(file.toString('latin1', 36, 40)).toBe('data');
  expect(file.readUInt32LE(40)).toBe(6);
});

it('writes samples as little-endian numbers, and clips what is too loud', () => {
  const file = Buffer.from(encodeWav(Float32Array.of(0, 0.5, -0.5, 1, -1, 1.7, -3), 8000));
  const samples = Array.from({ length: 7 }, (_, i) => file.readInt16LE(44 + 2 * i));
  expect(samples).toEqual([0, 16_384, -16_383, 32_767, -32_767, 32_767, -32_767]);
});

it('writes a file without a sample', () => {
  expect(encodeWav(new Float32Array(), 8000).byteLength).toBe(44);
});
