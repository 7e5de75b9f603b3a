import { describe, expect, it, vi } from 'vitest';
import { formatDay, formatTimeIn } from './days';
import { formatCount, formatOtherDay, formatTime } from './format';
import { localeOf } from './locale';

describe('the locale of a language', () => {
  it.each([
    ['en', ['en-GB', 'en-US'], 'en-GB'],
    ['fr', ['en-GB', 'en', 'fr-CA', 'fr-FR'], 'fr-CA'],
    ['en', ['fr-FR', 'fr', 'en-AU'], 'en-AU'],
    ['en', ['EN-ie'], 'EN-ie'],
    ['en', ['fr-FR', 'fr'], 'en'],
    ['fr', ['frr', 'de'], 'fr'], // North Frisian is another language
    ['en', ['en-US@posix', 'en-NZ'], 'en-NZ'],
    ['fr', [], 'fr'],
  ])('%s in a browser of %s is %s', (language, liked, locale) => expect(localeOf(language, liked)).toBe(locale));
});

describe('in the browser of somebody in Britain or Quebec', () => {
  it('dates, hours and numbers are theirs', () => {
    const languages = vi.spyOn(navigator, 'languages', 'get');
    languages.mockReturnValue(['en-GB', 'fr-CA']);
    expect(formatDay('2026-11-26', 'en', 'long')).toMatch(/^Thursday,? 26 November 2026$/);
    expect(formatTimeIn('Europe/London', '2026-11-26T15:42:00Z', 'en')).toBe('15:42');
    expect(formatTime('2026-11-26T15:42:00', 'en')).toBe('15:42');
    expect(formatOtherDay('2026-11-26T15:42:00', 'en', new Date('2026-11-25T12:00:00'))).toMatch(
      /^Thursday,? 26 November$/,
    );
    expect(formatTime('2026-11-26T15:42:00', 'fr')).toBe('15 h 42');
    languages.mockReturnValue(['en-IN', 'fr-CH']);
    expect(formatCount(1_234_567, 'en')).toBe('12,34,567');
  });
});
