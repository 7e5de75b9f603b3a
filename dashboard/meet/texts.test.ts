import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { languageOf, texts, translator } from './texts';

const here = new URL('.', import.meta.url);
const code = readdirSync(here)
  .filter((file) => file.endsWith('.ts') && !file.includes('test') && file !== 'texts.ts')
  .map((file) => readFileSync(new URL(file, here), 'utf8'))
  .join('\n');

describe('texts', () => {
  it('are used, each of them', () => {
    const named = ['joining', 'lost', 'connected', 'over', 'full', 'expired', 'invalid', 'left'];
    const unused = Object.keys(texts.en).filter((key) => !named.includes(key) && !code.includes(`'${key}'`));
    expect(unused).toEqual([]);
  });

  it('have the same places to fill in, in both languages', () => {
    const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const [key, text] of Object.entries(texts.en))
      expect(places(texts.fr[key as keyof typeof texts.en]), key).toEqual(places(text));
  });

  it('fill names in as they are', () => {
    expect(translator('fr')('came', { name: '$& <b>' })).toBe('$& <b> est là.');
  });
});

describe('languageOf', () => {
  it.each([
    [['fr-CA', 'en'], 'fr'],
    [['de', 'fr', 'en'], 'fr'],
    [['en-GB', 'fr'], 'en'],
    [['ja'], 'en'],
    [[], 'en'],
  ] as const)('of %j is %s', (wanted, language) => {
    expect(languageOf(wanted)).toBe(language);
  });
});
