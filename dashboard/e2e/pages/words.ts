import en from '../../src/i18n/en.json';
import fr from '../../src/i18n/fr.json';

export type Language = 'en' | 'fr';
export type Words = typeof en;

/** What the dashboard says, for page objects to find things by. Tests quote what the agent guide promises. */
export const words: Record<Language, Words> = { en, fr };

/** The text with its gaps filled. */
export const fill = (text: string, values: Record<string, string>): string =>
  text.replace(/{{(\w+)}}/g, (_, name: string) => values[name] ?? '');

/** The text up to its first gap, to find something by whatever fills it. */
export const stem = (text: string): string => text.split('{{')[0] ?? '';
