import type { TFunction } from 'i18next';

/** The text of a word that the server uses; one that this dashboard does not know yet shows as the fallback. */
export const wordText = (t: TFunction, key: string, fallback: string): string =>
  t(key as 'app.name', { defaultValue: fallback });
