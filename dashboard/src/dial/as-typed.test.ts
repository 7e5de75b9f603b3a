import { AsYouType } from 'libphonenumber-js/min';
import { expect, it } from 'vitest';
import { asTyped, isNumber } from './as-typed';

const write = (country: 'FR' | 'US') => (digits: string) => new AsYouType(country).input(digits);

/** Types sign by sign at the end. */
const typed = (text: string, country: 'FR' | 'US' = 'FR') =>
  [...text].reduce((before, sign) => asTyped(before, before + sign, true, write(country)), '');

it.each([
  ['0612345678', 'FR', '06 12 34 56 78'],
  ['+33612345678', 'FR', '+33 6 12 34 56 78'],
  ['+14155552671', 'FR', '+1 415 555 2671'],
  ['4155552671', 'US', '(415) 555-2671'],
  ['Jeanne 2', 'FR', 'Jeanne 2'],
  ['*31#', 'FR', '*31#'],
] as const)('writes %s as in %s', (text, country, written) => expect(typed(text, country)).toBe(written));

it('takes a digit with the sign of formatting that was deleted', () => {
  let text = typed('4155', 'US');
  while (text !== '') {
    const next = asTyped(text, text.slice(0, -1), true, write('US'));
    expect(next.length).toBeLessThan(text.length);
    text = next;
  }
});

it('leaves alone what is edited before its end', () => {
  expect(asTyped('06 12 34', '06 1 34', false, write('FR'))).toBe('06 1 34');
});

it.each([
  ['', false],
  ['+', false],
  ['+3', true],
  ['(0) 6-12/34.5', true],
  ['12a', false],
])('%j is a number: %s', (text, is) => expect(isNumber(text)).toBe(is));
