import type { ReportRow } from '../../api/reports-api';
import { type FigureName, figureValue, volumeOf } from './report-figures';

/** What a chart shows of a queue, agent, campaign or channel. */
export interface Series {
  id: string;
  name: string;
  data: { x: string; y: number }[];
}

/** More lines than these can't be told apart. */
const MOST_SERIES = 5;
const MOST_BARS = 20;

interface Slots {
  /** The times at the axis, in order. */
  all: readonly string[];
  /** The one that a row belongs to. */
  of: (row: ReportRow) => string;
}

/** Who there is, those with most to do first. */
function ranked(rows: readonly ReportRow[]): { id: string; name: string; rows: ReportRow[]; volume: number }[] {
  const byId = new Map<string, { id: string; name: string; rows: ReportRow[]; volume: number }>();
  for (const row of rows) {
    const one = byId.get(row.id) ?? { id: row.id, name: row.name, rows: [], volume: 0 };
    one.rows.push(row);
    one.volume += volumeOf(row.figures);
    byId.set(row.id, one);
  }
  return [...byId.values()].sort((a, b) => b.volume - a.volume);
}

/** One line for each of those with most to do. Where nothing happened, a number is 0, and a rate or a time is left out. */
export function linesOf(rows: readonly ReportRow[], figure: FigureName, slots: Slots): Series[] {
  return ranked(rows)
    .slice(0, MOST_SERIES)
    .map(({ id, name, rows: own }) => {
      const figures = new Map(own.map((row) => [slots.of(row), row.figures]));
      const data = slots.all.flatMap((x) => {
        const y = figureValue(figures.get(x) ?? {}, figure);
        return y === undefined ? [] : [{ x, y }];
      });
      return { id, name, data };
    });
}

/** One bar for each of those with most to do, where there is one row of each. */
export function barsOf(rows: readonly ReportRow[], figure: FigureName): { x: string; y: number }[] {
  return ranked(rows)
    .slice(0, MOST_BARS)
    .flatMap(({ name, rows: [row] }) => {
      const y = row && figureValue(row.figures, figure);
      return y === undefined ? [] : [{ x: name, y }];
    });
}

export const howMany = (rows: readonly ReportRow[]): number => new Set(rows.map(({ id }) => id)).size;
