import { localeOf } from './locale';

/** Seconds as 4:05 or 1:04:05. Negative ones count as zero. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n: number) => String(n).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** Time of day, as in 10:42. */
export const formatTime = (iso: string, language: string): string =>
  new Intl.DateTimeFormat(localeOf(language), { hour: 'numeric', minute: '2-digit' }).format(new Date(iso));

/** The day, as in Thursday 26 November; empty when it is today. */
export function formatOtherDay(iso: string, language: string, now = new Date()): string {
  const moment = new Date(iso);
  if (moment.toDateString() === now.toDateString()) return '';
  return new Intl.DateTimeFormat(localeOf(language), { weekday: 'long', day: 'numeric', month: 'long' }).format(moment);
}

/** Formats are dear to make, and figures are written every second. */
const numberFormats = new Map<string, Intl.NumberFormat>();

function numberFormat(language: string, style: 'decimal' | 'percent', digits = 0): Intl.NumberFormat {
  const locale = localeOf(language);
  const key = `${locale} ${style} ${digits}`;
  const format = numberFormats.get(key) ?? new Intl.NumberFormat(locale, { style, maximumFractionDigits: digits });
  numberFormats.set(key, format);
  return format;
}

/** A whole number, as in 1,234. */
export const formatCount = (count: number, language: string): string => numberFormat(language, 'decimal').format(count);

/** A share of a hundred, as in 85%; with as many digits after the point as are wanted. */
export const formatPercent = (percent: number, language: string, digits = 0): string =>
  numberFormat(language, 'percent', digits).format(percent / 100);
