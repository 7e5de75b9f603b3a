import { describe, expect, it } from 'vitest';
import { hoursOf } from './hours';

const now = '2026-11-22T12:34:56.789Z';

describe('the hours of a queue', () => {
  it('go from the first in which anything happened to the present one, without a gap', () => {
    const { hours } = hoursOf(
      'voice',
      [
        { at: '2026-11-22T11:00:00Z', figures: { queued: 1, handled: 1 } },
        { at: '2026-11-22T09:00:00Z', figures: { queued: 2, abandoned: 1, handled: 1 } },
      ],
      now,
    );
    expect(hours.map(({ at, counts }) => `${at.slice(11, 16)} ${counts.handled} ${counts.abandoned}`)).toEqual([
      '09:00 1 1',
      '10:00 0 0',
      '11:00 1 0',
      '12:00 0 0',
    ]);
  });

  it('are counted whole: what has no outcome yet is going on', () => {
    const figures = { queued: 12, handled: 4, abandoned: 2, timedOut: 1, overflowed: 1, failed: 1, incomplete: 1 };
    const { hours, outcomes } = hoursOf('voice', [{ at: '2026-11-22T12:00:00Z', figures }], now);
    expect(hours[0]?.counts).toEqual({ handled: 4, abandoned: 2, timedOut: 1, elsewhere: 3, open: 2 });
    expect(outcomes).toEqual(['handled', 'abandoned', 'timedOut', 'elsewhere', 'open']);
  });

  it('say nothing of outcomes that are seldom when there was none', () => {
    const figures = { queued: 1, handled: 1 };
    const { outcomes } = hoursOf('voice', [{ at: '2026-11-22T12:00:00Z', figures }], now);
    expect(outcomes).toEqual(['handled', 'abandoned', 'timedOut']);
  });

  it('are those of zones between hours, too', () => {
    const { hours } = hoursOf('chat', [{ at: '2026-11-22T10:30:00Z', figures: { opened: 2 } }], now);
    expect(hours.map(({ at }) => at.slice(11, 16))).toEqual(['10:30', '11:30', '12:30']);
    expect(hours[0]?.counts).toEqual({ opened: 2, resolved: 0 });
  });

  it('are none on a day on which nothing has happened', () => {
    expect(hoursOf('campaign', [], now)).toEqual({ hours: [], outcomes: ['handled', 'incomplete'] });
  });
});
