/**
 * The locale in which dates, numbers and names are written and sorted for a person who has chosen a language: that of the first
 * region among the browser's languages that speaks it, as en-GB for British people and fr-CA in Quebec; else the language alone.
 */
export function localeOf(language: string, liked: readonly string[] = browserLanguages()): string {
  return liked.find((tag) => wellFormed.test(tag) && tag.split('-')[0]?.toLowerCase() === language) ?? language;
}

/** Some browsers on Linux name "en-US@posix", of which Intl makes an error. */
const wellFormed = /^[a-z]+(-[a-z\d]+)*$/i;

const browserLanguages = (): readonly string[] => globalThis.navigator?.languages ?? [];
