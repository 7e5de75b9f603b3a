import { addDays, type Day, daysOf, firstOfMonth } from '../../i18n/days';
import type { Group } from './report-figures';

/** Periods that move on with the days. */
export const presets = ['today', 'yesterday', 'last7', 'thisMonth', 'lastMonth'] as const;
export type Preset = (typeof presets)[number];

export interface Range {
  from: Day;
  /** Belongs to it. */
  to: Day;
}

/** What a row of a report is of, in order. */
export const steps = ['hour', 'day', 'month', 'period'] as const;
export type Step = (typeof steps)[number];

export function rangeOf(period: Preset | Range, today: Day): Range {
  const ending = (to: Day, days: number) => ({ from: addDays(to, 1 - days), to });
  switch (period) {
    case 'today':
      return ending(today, 1);
    case 'yesterday':
      return ending(addDays(today, -1), 1);
    case 'last7':
      return ending(today, 7);
    case 'thisMonth':
      return { from: firstOfMonth(today), to: today };
    case 'lastMonth': {
      const to = addDays(firstOfMonth(today), -1);
      return { from: firstOfMonth(to), to };
    }
    default:
      return period;
  }
}

/** The server's limits. */
const MOST_DAYS = 400;
const MOST_DAYS_BY_HOUR = 31;

/** Why there is no such report, as a key of the texts. */
export type Refusal = 'reversed' | 'future' | 'tooLong' | 'tooLongByHour' | 'agentsByHour';

export function refusalOf({ from, to }: Range, by: Step, group: Group, today: Day): Refusal | undefined {
  const days = daysOf(from, to);
  if (days < 1) return 'reversed';
  if (from > today) return 'future';
  if (by === 'hour' && group === 'agent') return 'agentsByHour';
  if (by === 'hour' && days > MOST_DAYS_BY_HOUR) return 'tooLongByHour';
  return days > MOST_DAYS ? 'tooLong' : undefined;
}

/** The first days of the rows that a period has, up to today. */
export function slotsOf({ from, to }: Range, by: 'day' | 'month', today: Day): Day[] {
  const last = to < today ? to : today;
  const days = Array.from({ length: Math.max(0, daysOf(from, last)) }, (_, i) => addDays(from, i));
  return by === 'day' ? days : days.filter((day) => day === from || day.endsWith('-01'));
}
