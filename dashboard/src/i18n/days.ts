import { localeOf } from './locale';

/** Days are written YYYY-MM-DD, as the API does, and belong to the centre's clock: no time of day and no zone clings to them. */
export type Day = string;

const MILLISECONDS = 86_400_000;
const midday = (day: Day): number => Date.parse(`${day}T12:00:00Z`);

/** Whether a text, which may come from an address, names a day that there is. */
export function isDay(text: string | null | undefined): text is Day {
  return Boolean(text && /^\d{4}-\d{2}-\d{2}$/.test(text)) && addDays(text ?? '', 0) === text;
}

/** The day at a moment, in a time zone. */
export function dayIn(zone: string, milliseconds: number): Day {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const found = Object.fromEntries(parts.formatToParts(milliseconds).map(({ type, value }) => [type, value]));
  return `${found['year']}-${found['month']}-${found['day']}`;
}

export function addDays(day: Day, days: number): Day {
  const moment = midday(day) + days * MILLISECONDS;
  return Number.isNaN(moment) ? '' : new Date(moment).toISOString().slice(0, 10);
}

/** How many days a period has, its last one included; not positive if it ends before it begins. */
export const daysOf = (from: Day, to: Day): number => Math.round((midday(to) - midday(from)) / MILLISECONDS) + 1;

/** Monday of the day's week. */
export const mondayOf = (day: Day): Day => addDays(day, -((new Date(midday(day)).getUTCDay() + 6) % 7));

export const firstOfMonth = (day: Day): Day => `${day.slice(0, 8)}01`;

/** What a date picker gives. */
export const dayOfDate = (date: Date): Day =>
  [date.getFullYear(), String(date.getMonth() + 1).padStart(2, '0'), String(date.getDate()).padStart(2, '0')].join('-');

const styles = {
  short: { dateStyle: 'medium' },
  axis: { weekday: 'short', day: 'numeric', month: 'short' },
  dated: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  long: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
} as const;

/** Formats are dear to make, and a report has thousands of days. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const locale = localeOf(language);
  const key = `${locale} ${JSON.stringify(options)}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, format);
  return format;
}

/** The day in words: in one of the styles. */
export const formatDay = (day: Day, language: string, style: keyof typeof styles): string =>
  formatOf(language, { ...styles[style], timeZone: 'UTC' }).format(midday(day));

/** Time of day in a time zone, as in 10:42; with the day of the week, as in Fri 10:42. */
export const formatTimeIn = (timeZone: string, iso: string, language: string, weekday?: 'short'): string =>
  formatOf(language, { hour: 'numeric', minute: '2-digit', timeZone, weekday }).format(new Date(iso));
