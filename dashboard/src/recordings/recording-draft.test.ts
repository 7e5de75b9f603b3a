import { expect, it } from 'vitest';
import { draftProblems, newDraft } from './recording-draft';

const sound = { file: new File([], 'message.wav'), seconds: 1 };
const complete = { ...newDraft, name: 'Hours', sound };

it.each([
  ['all is there', {}, {}],
  ['a name and a sound are needed', { name: ' ', sound: undefined }, { name: 'required', sound: 'soundRequired' }],
  ['the stored sound does', { id: 'rc_1', sound: undefined }, {}],
  ['a name has an end', { name: 'x'.repeat(101) }, { name: 'tooLong' }],
  ['as long as characters count, not code units', { name: '👍'.repeat(100) }, {}],
  ['and not the spaces around', { name: ` ${'x'.repeat(100)} ` }, {}],
])('%s', (_, change, problems) => expect(draftProblems({ ...complete, ...change })).toEqual(problems));
