import { expect, it } from 'vitest';
import { type CannedFields, fieldProblems } from './use-canned-form';

const fields: CannedFields = {
  title: 'Hours',
  text: 'We open at 9.',
  shortcut: 'hours',
  categories: [],
  public: false,
};

it.each([
  ['all is well', {}, {}],
  ['no shortcut is needed', { shortcut: '' }, {}],
  ['a title and a text are', { title: ' ', text: '' }, { title: 'required', text: 'required' }],
  ['they have an end', { title: 'x'.repeat(101), text: 'x'.repeat(5001) }, { title: 'tooLong', text: 'tooLong' }],
  ['as long as characters count, not code units', { title: '👍'.repeat(100) }, {}],
  ['capitals', { shortcut: 'Hours' }, { shortcut: 'shortcutInvalid' }],
  ['too long a shortcut', { shortcut: 'x'.repeat(33) }, { shortcut: 'shortcutInvalid' }],
] as const)('%s', (_, change, problems) => expect(fieldProblems({ ...fields, ...change })).toEqual(problems));
