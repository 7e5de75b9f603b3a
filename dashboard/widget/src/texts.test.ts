import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { chooseLanguage, Speaker } from './texts';
import en from './texts/en.json';
import fr from './texts/fr.json';

it('says everything in both languages, with the same values', () => {
  expect(Object.keys(fr).sort()).toEqual(Object.keys(en).sort());
  const values = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const [key, text] of Object.entries(en)) expect(values(fr[key as keyof typeof en]), key).toEqual(values(text));
});

it('has no text that nobody says', () => {
  const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
    .join();
  for (const key of Object.keys(en)) expect(sources, key).toMatch(new RegExp(`'${key}'`));
});

it.each([
  [['fr-CA', 'en'], 'fr'],
  [[undefined, 'EN-gb', 'fr'], 'en'],
  [[undefined, '', 'de', 'fr'], 'fr'],
  [['de', 'es'], 'en'],
] as const)('speaks, of %j, %s', (wishes, language) => {
  expect(chooseLanguage(wishes)).toBe(language);
});

it('fills in values, whatever is in them', () => {
  expect(new Speaker('en').say('with', { name: '{n} $& <b>' })).toBe('You are talking with {n} $& <b>.');
});

it('names days and sizes', () => {
  const speaker = new Speaker('fr');
  const now = new Date(2026, 10, 23, 0, 30);
  expect(speaker.day(new Date(2026, 10, 23, 0, 1), now)).toBe('Aujourd’hui');
  expect(speaker.day(new Date(2026, 10, 22, 23, 59), now)).toBe('Hier');
  expect(speaker.day(new Date(2026, 10, 21, 12, 0), now)).toBe('samedi 21 novembre 2026');
  expect(new Speaker('en').size(10_000_000)).toBe('10 MB');
  expect(new Speaker('en').size(1)).toBe('1 byte');
});
