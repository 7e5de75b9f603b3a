import { describe, expect, it } from 'vitest';
import type { Figures } from '../../api/report-model';
import type { ReportRow } from '../../api/reports-api';
import { barsOf, howMany, linesOf } from './report-series';

const row = (id: string, date: string, figures: Figures): ReportRow => ({
  id,
  name: `The ${id}`,
  date,
  from: `${date}T00:00:00Z`,
  figures,
});

const rows = [
  row('small', '2026-11-01', { queued: 1, serviceLevelPercent: 100 }),
  row('large', '2026-11-01', { queued: 20, serviceLevelPercent: 80 }),
  row('large', '2026-11-03', { queued: 30, serviceLevelPercent: 90 }),
  ...['a', 'b', 'c', 'd'].map((id) => row(id, '2026-11-02', { queued: 5 })),
];
const slots = { all: ['2026-11-01', '2026-11-02', '2026-11-03'], of: ({ date }: ReportRow) => date };

describe('a chart', () => {
  it('has a line for each of those with most to do; a day without a number has 0', () => {
    const lines = linesOf(rows, 'queued', slots);
    expect(lines.map(({ id }) => id)).toEqual(['large', 'a', 'b', 'c', 'd']);
    expect(lines[0]?.data.map(({ y }) => y)).toEqual([20, 0, 30]);
    expect(howMany(rows)).toBe(6);
  });

  it('leaves out rates of nothing', () => {
    const [large] = linesOf(rows, 'serviceLevelPercent', slots);
    expect(large).toEqual({
      id: 'large',
      name: 'The large',
      data: [
        { x: '2026-11-01', y: 80 },
        { x: '2026-11-03', y: 90 },
      ],
    });
    expect(barsOf(rows.slice(0, 2), 'serviceLevelPercent')).toEqual([
      { x: 'The large', y: 80 },
      { x: 'The small', y: 100 },
    ]);
  });
});
