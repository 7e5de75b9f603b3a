import { describe, expect, it } from 'vitest';
import { presets, rangeOf, refusalOf, slotsOf } from './report-period';

const today = '2026-03-05';

describe('a period', () => {
  it('moves on with the days', () => {
    expect(presets.map((preset) => rangeOf(preset, today))).toEqual([
      { from: '2026-03-05', to: '2026-03-05' },
      { from: '2026-03-04', to: '2026-03-04' },
      { from: '2026-02-27', to: '2026-03-05' },
      { from: '2026-03-01', to: '2026-03-05' },
      { from: '2026-02-01', to: '2026-02-28' },
    ]);
    expect(rangeOf('lastMonth', '2026-01-31')).toEqual({ from: '2025-12-01', to: '2025-12-31' });
    const chosen = { from: '2026-01-01', to: '2026-02-01' };
    expect(rangeOf(chosen, today)).toBe(chosen);
  });

  it.each([
    ['2026-03-02', '2026-03-01', 'day', 'queue', 'reversed'],
    ['2026-03-06', '2026-03-07', 'day', 'queue', 'future'],
    ['2026-03-01', '2026-03-31', 'day', 'queue', undefined],
    ['2026-01-01', '2026-01-31', 'hour', 'queue', undefined],
    ['2026-01-01', '2026-02-01', 'hour', 'queue', 'tooLongByHour'],
    ['2026-01-01', '2026-01-01', 'hour', 'agent', 'agentsByHour'],
    ['2025-01-30', '2026-03-05', 'month', 'agent', undefined],
    ['2025-01-29', '2026-03-05', 'day', 'queue', 'tooLong'],
  ] as const)('from %s to %s by %s of each %s is refused: %s', (from, to, by, group, refusal) => {
    expect(refusalOf({ from, to }, by, group, today)).toBe(refusal);
  });

  it('has a row a day or a month, none of which is to come', () => {
    expect(slotsOf({ from: '2026-02-27', to: '2026-03-31' }, 'day', '2026-03-01')).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
    ]);
    expect(slotsOf({ from: '2025-12-15', to: '2026-02-28' }, 'month', today)).toEqual([
      '2025-12-15',
      '2026-01-01',
      '2026-02-01',
    ]);
    expect(slotsOf({ from: '2027-01-01', to: '2027-02-01' }, 'day', today)).toEqual([]);
  });
});
