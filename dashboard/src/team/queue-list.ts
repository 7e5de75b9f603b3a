import type { Queue } from '../api/model';
import type { Card } from '../api/report-model';

/** By what queues can be put in order. */
export const queueSorts = ['name', 'waiting', 'since', 'total'] as const;

export type QueueSort = (typeof queueSorts)[number];

/** How many wait: callers in line, calls to be made, or conversations that nobody has. */
export const waitingOf = ({ voice, campaign, chat }: Card): number =>
  voice?.waiting ?? campaign?.notDialled ?? chat?.unassigned ?? 0;

/** Since when the one who has waited longest waits. */
export const waitingSince = ({ voice, chat }: Card): string | undefined => voice?.waitingSince ?? chat?.unassignedSince;

/** How many came today; of a campaign, how many calls were made. */
export const totalOf = ({ voice, campaign, chat }: Card): number =>
  voice?.total ?? campaign?.total ?? chat?.opened ?? 0;

type Cards = Readonly<Record<string, Card>>;

interface Order {
  sortBy: QueueSort;
  descending: boolean;
}

/** The ids of all queues in order. What is alike goes by name; a queue whose card is not there yet goes last. */
export function sortQueues(
  queues: readonly Queue[],
  cards: Cards,
  { sortBy, descending }: Order,
  compare: (a: string, b: string) => number,
): string[] {
  const turn = descending ? -1 : 1;
  const byName = (a: Queue, b: Queue) => compare(a.name, b.name) || compare(a.id, b.id);
  const sorted = queues.toSorted((a, b) => {
    if (sortBy === 'name') return turn * byName(a, b);
    const [one, other] = [cards[a.id], cards[b.id]];
    if (!one || !other) return Number(!one) - Number(!other) || byName(a, b);
    return turn * (figureOf(one, sortBy) - figureOf(other, sortBy)) || byName(a, b);
  });
  return sorted.map(({ id }) => id);
}

/** Waits count as long as they are, so that the longest is the greatest. */
function figureOf(card: Card, sortBy: Exclude<QueueSort, 'name'>): number {
  if (sortBy === 'waiting') return waitingOf(card);
  if (sortBy === 'total') return totalOf(card);
  const since = waitingSince(card);
  return since ? -Date.parse(since) : -Infinity;
}
