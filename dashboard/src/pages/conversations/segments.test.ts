import { expect, it } from 'vitest';
import { segmentsOf } from './segments';

it.each([
  ['nothing', '', 'GSM-7', 0, 160],
  ['plain text', 'Hello', 'GSM-7', 1, 155],
  ['one full segment', 'a'.repeat(160), 'GSM-7', 1, 0],
  ['one character more', 'a'.repeat(161), 'GSM-7', 2, 145],
  ['two full segments', 'a'.repeat(306), 'GSM-7', 2, 0],
  ['three', 'a'.repeat(307), 'GSM-7', 3, 152],
  ['accents of the alphabet', 'àéèùìòñüöäÇ', 'GSM-7', 1, 149],
  ['signs of the extension, two each', '€{}[]~|\\^', 'GSM-7', 1, 142],
  ['an extension sign that does not fit whole', `${'a'.repeat(152)}€${'a'.repeat(10)}`, 'GSM-7', 2, 141],
  ['letters outside of the alphabet', 'ça va ê', 'UCS-2', 1, 63],
  ['a typographic apostrophe', 'l’eau', 'UCS-2', 1, 65],
  ['seventy of them', 'ê'.repeat(70), 'UCS-2', 1, 0],
  ['seventy-one', 'ê'.repeat(71), 'UCS-2', 2, 63],
  ['an emoji, two units', '👍', 'UCS-2', 1, 68],
  ['an emoji that does not fit whole', `${'ê'.repeat(66)}👍êêê`, 'UCS-2', 2, 62],
])('%s', (_, text, encoding, segments, left) => {
  expect(segmentsOf(text)).toEqual({ encoding, segments, left });
});
