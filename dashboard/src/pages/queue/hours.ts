import type { Queue } from '../../api/model';
import type { Figures, QueueHour } from '../../api/report-model';

/** What an hour is told by: keys under `queue` in the translations. */
export type Outcome =
  | 'handled'
  | 'abandoned'
  | 'timedOut'
  | 'elsewhere'
  | 'open'
  | 'incomplete'
  | 'opened'
  | 'resolved';

const HOUR = 3_600_000;

type Count = (figures: Figures) => number;

/** What became of the calls that came in an hour; together they are all of them. */
const ended: Partial<Record<Outcome, Count>> = {
  handled: ({ handled = 0 }) => handled,
  abandoned: ({ abandoned = 0 }) => abandoned,
  timedOut: ({ timedOut = 0 }) => timedOut,
  elsewhere: ({ overflowed = 0, failed = 0, incomplete = 0 }) => overflowed + failed + incomplete,
};

const byKind: Record<Queue['kind'], Partial<Record<Outcome, Count>>> = {
  voice: {
    ...ended,
    open: (figures) =>
      Math.max(0, (figures.queued ?? 0) - Object.values(ended).reduce((sum, count) => sum + count(figures), 0)),
  },
  campaign: { handled: ({ handled = 0 }) => handled, incomplete: ({ incomplete = 0 }) => incomplete },
  chat: { opened: ({ opened = 0 }) => opened, resolved: ({ resolved = 0 }) => resolved },
};

/** These are left out when there is none of them all day. */
const seldom: readonly Outcome[] = ['elsewhere', 'open'];

/** One hour of the day, counted. */
export interface HourOfQueue {
  /** When it begins. */
  at: string;
  counts: Partial<Record<Outcome, number>>;
}

/** The hours of today from the first in which anything happened to the present one, and the outcomes that are worth showing. */
export function hoursOf(kind: Queue['kind'], hours: readonly QueueHour[], now: string) {
  const counted = new Map(hours.map(({ at, figures }) => [Date.parse(at), figures]));
  const begun = [...counted.keys()].sort((a, b) => a - b);
  const [first = 0] = begun;
  const last = Math.max(begun.at(-1) ?? 0, Date.parse(now) - ((Date.parse(now) - first) % HOUR));
  const ofKind = Object.entries(byKind[kind]) as [Outcome, Count][];
  const all: HourOfQueue[] = [];
  for (let at = first; begun.length > 0 && at <= last; at += HOUR) {
    const figures = counted.get(at) ?? {};
    const counts = Object.fromEntries(ofKind.map(([outcome, count]) => [outcome, count(figures)]));
    all.push({ at: new Date(at).toISOString(), counts });
  }
  const outcomes = ofKind
    .map(([outcome]) => outcome)
    .filter((outcome) => !seldom.includes(outcome) || all.some(({ counts }) => counts[outcome]));
  return { hours: all, outcomes };
}
