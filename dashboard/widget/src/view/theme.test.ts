import { expect, it } from 'vitest';
import { textOn } from './theme';

it.each([
  ['#000000', '#fff'],
  ['#ffffff', '#000'],
  ['#5b4696', '#fff'],
  ['#ffcc00', '#000'],
  ['#777777', '#000'],
] as const)('writes on %s in %s', (colour, text) => {
  expect(textOn(colour)).toBe(text);
});
