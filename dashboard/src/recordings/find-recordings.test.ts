import { expect, it } from 'vitest';
import type { Recording } from '../api/model';
import { isFound, playable } from './find-recordings';

const named = (name: string, tags: string[] = [], archived = false): Recording => ({
  id: name,
  name,
  tags,
  archived,
  seconds: 1,
  at: '',
  version: 1,
});

it.each([
  ['', true],
  ['hor', true],
  [' HORAIRES ', true],
  ['ete', true],
  ['Été', true],
  ['accueil', true],
  ['fermeture', false],
])('a search for “%s”', (query, found) => {
  expect(isFound(named('Horaires d’été', ['Accueil']), query)).toBe(found);
});

it('offers those that are not archived, by name', () => {
  const list = [named('Zoo'), named('Été'), named('Old', [], true), named('Allô')];
  expect(playable(list).map(({ name }) => name)).toEqual(['Allô', 'Été', 'Zoo']);
});
