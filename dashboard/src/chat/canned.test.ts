import { expect, it } from 'vitest';
import type { CannedMessage } from '../api/chat-model';
import { findCanned } from './canned';

const canned = (id: string, change: Partial<CannedMessage> = {}): CannedMessage => ({
  id,
  title: id,
  text: '',
  categories: [],
  public: true,
  ownerId: 'lead-1',
  version: 1,
  ...change,
});

const all = [
  canned('Horaires', { shortcut: 'hours' }),
  canned('Réouverture', { shortcut: 'reopen', text: 'our hours have changed' }),
  canned('Holidays', { shortcut: 'hours-summer', ownerId: 'me' }),
  canned('Merci', { categories: ['Politesse'] }),
];

it.each([
  ['hours', ['Horaires', 'Holidays', 'Réouverture']],
  ['reouv', ['Réouverture']],
  ['politesse', ['Merci']],
  ['nothing', []],
])('%s finds %j', (query, expected) => {
  expect(findCanned(all, query, 'me').map(({ title }) => title)).toEqual(expected);
});

it('offers all when nothing is asked for, one’s own first', () => {
  expect(findCanned(all, '', 'me').map(({ title }) => title)).toEqual(['Holidays', 'Horaires', 'Merci', 'Réouverture']);
});
