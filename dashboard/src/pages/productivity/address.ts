import { type Day, isDay } from '../../i18n/days';

/** What the page shows, as its address says: it can be kept as a bookmark, and "back" leads to what was shown before. */
export interface Address {
  tab: 'day' | 'week';
  /** Whose calls; absent: one's own. */
  agent?: string;
  /** The day at the left; absent: today. */
  day?: Day;
  /** The day at the right; absent: the one before. */
  compare?: Day;
  /** Any day of the week that is shown; absent: this week. */
  week?: Day;
}

export function addressOf(search: URLSearchParams): Address {
  const day = (name: string) => (isDay(search.get(name)) ? { [name]: search.get(name) } : {});
  const agent = search.get('agent');
  return {
    tab: search.get('tab') === 'week' ? 'week' : 'day',
    ...(agent && { agent }),
    ...day('day'),
    ...day('compare'),
    ...day('week'),
  };
}

/** What is as usual is not named. */
export function searchOf({ tab, ...rest }: Address): URLSearchParams {
  const named = Object.entries(rest).filter(([, value]) => value !== undefined);
  return new URLSearchParams([...(tab === 'week' ? [['tab', 'week']] : []), ...named] as string[][]);
}

export const hrefOf = (address: Address): string => `/productivity?${searchOf(address)}`;
