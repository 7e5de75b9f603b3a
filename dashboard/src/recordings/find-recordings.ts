import type { Recording } from '../api/model';
import { folded } from '../i18n/folded';

/** Whether a search finds it by its name or a tag. */
export function isFound({ name, tags }: Recording, query: string): boolean {
  const wanted = folded(query.trim());
  return [name, ...tags].some((text) => folded(text).includes(wanted));
}

/** Those that may be played into a call, by name. */
export const playable = (recordings: readonly Recording[]): Recording[] =>
  recordings.filter(({ archived }) => !archived).sort((a, b) => a.name.localeCompare(b.name));
