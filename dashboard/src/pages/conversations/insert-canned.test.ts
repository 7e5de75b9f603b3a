import { expect, it } from 'vitest';
import type { CannedMessage } from '../../api/chat-model';
import { type Draft, emptyDraft } from '../../chat/drafts';
import { insertCanned, slashToken, withoutToken } from './insert-canned';

const item = (id: string, text: string): CannedMessage => ({
  id,
  title: id,
  text,
  categories: [],
  public: false,
  ownerId: 'agent-1',
  version: 1,
});
const hours = item('hours', 'We are open from 9 to 5.');
const thanks = item('thanks', 'Thank you!');

it.each([
  ['at the beginning', '/ho', 3, { start: 0, end: 3, query: 'ho' }],
  ['after a space', 'Hello /ho', 9, { start: 6, end: 9, query: 'ho' }],
  ['alone', '/', 1, { start: 0, end: 1, query: '' }],
  ['before the caret only', 'a /ho there', 5, { start: 2, end: 5, query: 'ho' }],
  ['not within a word', '24/7', 4, undefined],
  ['not in an address', 'https://example.com/a', 21, undefined],
  ['not once it is over', '/ho ', 4, undefined],
])('a slash %s', (_, text, caret, token) => expect(slashToken(text, caret)).toEqual(token));

function type(draft: Draft, text: string, what: CannedMessage) {
  const token = slashToken(text, text.length);
  if (!token) throw new Error('no slash');
  return insertCanned({ ...draft, text }, token, what);
}

it('stands where the slash was, to be changed before it is sent', () => {
  expect(type(emptyDraft, 'Hello! /ho', hours)).toEqual({
    text: 'Hello! We are open from 9 to 5.',
    caret: 31,
    canned: { id: 'hours', text: hours.text },
  });
});

it('replaces the one inserted before, as long as that is unchanged', () => {
  const draft: Draft = { ...emptyDraft, canned: { id: 'hours', text: hours.text } };
  expect(type(draft, `Hello! ${hours.text} /th`, thanks)).toMatchObject({ text: 'Hello! Thank you!' });
});

it('is refused beside another one that the agent has changed', () => {
  const draft: Draft = { ...emptyDraft, canned: { id: 'hours', text: hours.text } };
  expect(type(draft, 'We are open from 10 to 4. /th', thanks)).toBe('refused');
  expect(type(draft, '/th', thanks)).toMatchObject({ text: 'Thank you!' });
});

it('leaves the rest alone when the slash is taken out', () => {
  expect(withoutToken('Hello /th', { start: 6, end: 9, query: 'th' })).toBe('Hello');
});
