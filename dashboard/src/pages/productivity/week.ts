import type { ActivityOfWeek, DayCount } from '../../api/activity-api';
import { formatDay } from '../../i18n/days';
import { type CallType, callTypes } from './calls';

/** A row of the week's table: a day, or all seven together. */
export interface WeekRow extends DayCount {
  total: boolean;
}

/** The days in order, and their total. */
export const rowsOf = ({ days, total }: ActivityOfWeek): WeekRow[] => [
  ...days.map((day) => ({ ...day, total: false })),
  { ...total, total: true },
];

/** One series of bars for each type; days are named as they stand at the axis. */
export const seriesOf = (days: readonly DayCount[], title: (type: CallType) => string, language: string) =>
  callTypes.map((type) => ({
    type: 'bar' as const,
    title: title(type),
    data: days.map((day) => ({ x: formatDay(day.date, language, 'axis'), y: day[type].calls })),
  }));

export const callsOn = (day: DayCount): number => callTypes.reduce((sum, type) => sum + day[type].calls, 0);

/** The end of the axis: above the highest stack of bars. */
export const highest = (days: readonly DayCount[]): number => Math.max(1, ...days.map(callsOn));
