import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayIn, daysOf, firstOfMonth, formatDay, formatTimeIn, isDay, mondayOf } from './days';
import { formatPercent } from './format';

const anyDay = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('a day', () => {
  it.each(['2026-11-26', '2024-02-29'])('%s there is', (day) => expect(isDay(day)).toBe(true));
  it.each(['2026-02-29', '2026-13-01', '2026-11-31', 'yesterday', '2026-1-1', '', null, undefined])(
    '%s there is not',
    (day) => expect(isDay(day)).toBe(false),
  );

  it('is that of the centre, whatever the browser’s is', () => {
    const moment = Date.parse('2026-11-26T23:30:00Z');
    expect(dayIn('Europe/Paris', moment)).toBe('2026-11-27');
    expect(dayIn('America/New_York', moment)).toBe('2026-11-26');
    expect(dayIn('Pacific/Kiritimati', Date.parse('2026-12-31T10:30:00Z'))).toBe('2027-01-01');
  });

  it('has neighbours, over months, years and changes of the clock', () => {
    expect(addDays('2026-10-25', 1)).toBe('2026-10-26');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -500, max: 500 }), (day, n) => {
        expect(daysOf(day, addDays(day, n))).toBe(n + 1);
        expect(addDays(addDays(day, n), -n)).toBe(day);
      }),
    );
  });

  it('is in a week that begins on Monday, and in a month', () => {
    expect(mondayOf('2026-11-26')).toBe('2026-11-23');
    expect(mondayOf('2026-11-23')).toBe('2026-11-23');
    expect(mondayOf('2026-11-29')).toBe('2026-11-23');
    expect(mondayOf('2027-01-01')).toBe('2026-12-28');
    expect(firstOfMonth('2026-11-26')).toBe('2026-11-01');
    fc.assert(
      fc.property(anyDay, (day) => {
        const days = daysOf(mondayOf(day), day);
        expect(days).toBeGreaterThanOrEqual(1);
        expect(days).toBeLessThanOrEqual(7);
      }),
    );
  });

  it('and its figures are written as the language does', () => {
    expect(formatDay('2026-11-26', 'en', 'long')).toBe('Thursday, November 26, 2026');
    expect(formatDay('2026-11-26', 'fr', 'axis')).toBe('jeu. 26 nov.');
    expect(formatDay('2026-11-26', 'fr', 'month')).toBe('novembre 2026');
    expect(formatTimeIn('Europe/Paris', '2026-11-26T09:42:00Z', 'fr')).toBe('10:42');
    expect(formatPercent(83.333, 'fr', 1)).toMatch(/^83,3\s%$/);
    expect(formatPercent(100, 'en', 1)).toBe('100%');
  });
});
