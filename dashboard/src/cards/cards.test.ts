import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sampleCard } from '../../test/samples';
import { Problem } from '../api/problem';
import type { Card } from '../api/report-model';
import { SETTLE } from '../realtime/realtime-link';
import { createCards, MAX_WATCHED } from './cards';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Cards over a server that holds what is put in `there`. */
function setUp() {
  const there = new Map<string, Card>();
  const fetchCards = vi.fn(async (ids: readonly string[]) => ids.flatMap((id) => there.get(id) ?? []));
  const told: object[] = [];
  const cards = createCards(fetchCards, (message) => told.push(message));
  const put = (...all: Card[]) => all.forEach((card) => void there.set(card.queueId, card));
  const waiting = () => Object.values(cards.get().cards).map(({ queueId, voice }) => `${queueId} ${voice?.waiting}`);
  return { cards, fetchCards, told, put, waiting };
}

const card = (queueId: string, second: number, waiting: number) =>
  sampleCard({ queueId, at: `2026-11-22T09:00:${String(second).padStart(2, '0')}.000Z` }, { waiting });

/** Long enough for requests, and not for a second one. */
const soon = () => vi.advanceTimersByTimeAsync(10);

it('tells the server what it watches and fetches it, now and once more when the server is sure to know', async () => {
  const { cards, fetchCards, told, put, waiting } = setUp();
  put(card('a', 1, 1), card('b', 1, 2));
  cards.watch(['b', 'a']);
  expect(told, 'not before the page has settled').toEqual([]);
  await soon();
  expect(told).toEqual([{ type: 'watch', queueIds: ['a', 'b'] }]);
  expect(waiting()).toEqual(['a 1', 'b 2']);
  put(card('a', 2, 5));
  await vi.advanceTimersByTimeAsync(SETTLE);
  expect(waiting()).toEqual(['a 5', 'b 2']);
  await vi.advanceTimersByTimeAsync(3_600_000); // an hour
  expect(fetchCards, 'and then the server pushes').toHaveBeenCalledTimes(2);
});

it('holds the card that was read later, in whatever order they come', async () => {
  const { cards, put, waiting } = setUp();
  put(card('a', 5, 5));
  cards.watch(['a', 'b']);
  await soon();
  const listener = vi.fn();
  cards.subscribe(listener);
  cards.receive([card('a', 4, 4), card('elsewhere', 9, 9)]);
  cards.receive([card('a', 5, 0)]);
  expect(listener).not.toHaveBeenCalled();
  cards.receive([card('b', 1, 1), card('a', 6, 6)]);
  expect(waiting()).toEqual(['a 6', 'b 1']);
  expect(listener).toHaveBeenCalledOnce();
});

it('leaves the other cards as they are', async () => {
  const { cards, put } = setUp();
  put(card('a', 1, 1), card('b', 1, 1));
  cards.watch(['a', 'b']);
  await soon();
  const before = cards.get().cards['a'];
  cards.receive([card('b', 2, 2)]);
  expect(cards.get().cards['a']).toBe(before);
});

it('a fetch that was overtaken by a push changes nothing', async () => {
  const { cards, fetchCards, put, waiting } = setUp();
  cards.watch(['a']);
  await soon();
  fetchCards.mockImplementationOnce(async () => {
    cards.receive([card('a', 3, 3)]);
    return [card('a', 2, 2)];
  });
  put(card('a', 3, 3));
  cards.refresh();
  await soon();
  expect(waiting()).toEqual(['a 3']);
});

it('watches what any of several wants, and says nothing when that stays the same', async () => {
  const { cards, told, fetchCards, put, waiting } = setUp();
  put(card('a', 1, 1), card('b', 1, 1), card('c', 1, 1));
  const first = cards.watch(['a', 'b']);
  const second = cards.watch(['b', 'c']);
  await soon();
  expect(told.splice(0)).toEqual([{ type: 'watch', queueIds: ['a', 'b', 'c'] }]);
  cards.watch(['c'])();
  cards.watch(['a']);
  await soon();
  first();
  await soon();
  expect(told).toEqual([]);
  expect(fetchCards).toHaveBeenCalledOnce();
  second();
  await soon();
  expect(told, 'a is still wanted').toEqual([{ type: 'watch', queueIds: ['a'] }]);
  expect(waiting(), 'what is not watched would grow old unseen').toEqual(['a 1']);
});

it('asks to be told of agents for those who show them', async () => {
  const { cards, told, fetchCards } = setUp();
  cards.watch(['a', 'b']);
  await soon();
  const leave = cards.watch(['b'], true);
  await soon();
  expect(told.at(-1)).toEqual({ type: 'watch', queueIds: ['a', 'b'], agentsOf: ['b'] });
  expect(fetchCards, 'what they have done meanwhile was not told').toHaveBeenCalledTimes(2);
  leave();
  await soon();
  expect(told.at(-1)).toEqual({ type: 'watch', queueIds: ['a', 'b'] });
});

it('watches nothing when nobody wants anything', async () => {
  const { cards, told, fetchCards } = setUp();
  const leave = cards.watch(['a']);
  await soon();
  leave();
  await soon();
  expect(told.at(-1)).toEqual({ type: 'watch', queueIds: [] });
  await vi.advanceTimersByTimeAsync(SETTLE);
  cards.connected();
  cards.refresh();
  await soon();
  expect(fetchCards).toHaveBeenCalledOnce();
});

it('a page that takes over from another says only what is new', async () => {
  const { cards, told } = setUp();
  const leave = cards.watch(['a', 'b']);
  await soon();
  leave();
  cards.watch(['b']);
  await soon();
  expect(told).toEqual([
    { type: 'watch', queueIds: ['a', 'b'] },
    { type: 'watch', queueIds: ['b'] },
  ]);
});

it('tells a new connection, and fetches what was missed', async () => {
  const { cards, told, put, waiting } = setUp();
  put(card('a', 1, 1));
  cards.watch(['a']);
  await vi.advanceTimersByTimeAsync(2 * SETTLE);
  told.length = 0;
  put(card('a', 2, 2));
  cards.connected();
  await soon();
  expect(told).toEqual([{ type: 'watch', queueIds: ['a'] }]);
  expect(waiting()).toEqual(['a 2']);
  put(card('a', 3, 3));
  await vi.advanceTimersByTimeAsync(SETTLE);
  expect(waiting()).toEqual(['a 3']);
});

it('fetches once when the day has ended, which nothing else would tell', async () => {
  const { cards, fetchCards, put, waiting } = setUp();
  put(card('a', 0, 1), card('b', 0, 1));
  cards.watch(['a', 'b']);
  await vi.advanceTimersByTimeAsync(13 * 3_600_000 + 59 * 60_000);
  expect(fetchCards).toHaveBeenCalledTimes(2);
  put(
    sampleCard({ queueId: 'a', at: '2026-11-22T23:00:05.000Z', dayEnds: '2026-11-23T23:00:00.000Z' }, { waiting: 0 }),
  );
  await vi.advanceTimersByTimeAsync(61_000 + 10_000);
  expect(fetchCards).toHaveBeenCalledTimes(3);
  expect(waiting()).toEqual(['a 0', 'b 1']);
  await vi.advanceTimersByTimeAsync(23 * 3_600_000);
  expect(fetchCards).toHaveBeenCalledTimes(3);
});

it('says that a fetch failed, keeps what it holds, and tries again', async () => {
  const { cards, fetchCards, put, waiting } = setUp();
  put(card('a', 1, 1));
  cards.watch(['a']);
  await soon();
  fetchCards.mockRejectedValueOnce(new Problem(503, '', ''));
  put(card('a', 2, 2));
  cards.refresh();
  await soon();
  expect(cards.get().failed).toBe(true);
  expect(waiting()).toEqual(['a 1']);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(cards.get().failed).toBe(false);
  expect(waiting()).toEqual(['a 2']);
});

it('asks no more for what it may not see, until it is asked to', async () => {
  const { cards, fetchCards, put } = setUp();
  fetchCards.mockRejectedValueOnce(new Problem(404, 'queue-unknown', ''));
  cards.watch(['a']);
  await vi.advanceTimersByTimeAsync(SETTLE - 1_000);
  expect(fetchCards).toHaveBeenCalledOnce();
  expect(cards.get().failed).toBe(true);
  put(card('a', 1, 1));
  cards.refresh();
  await soon();
  expect(cards.get().failed).toBe(false);
});

it('watches no more than the server allows', async () => {
  const { cards, told } = setUp();
  cards.watch(Array.from({ length: MAX_WATCHED + 20 }, (_, i) => `queue-${String(i).padStart(3, '0')}`));
  await soon();
  expect((told[0] as { queueIds: string[] }).queueIds).toHaveLength(MAX_WATCHED);
});

it('does nothing more once stopped', async () => {
  const { cards, told, fetchCards } = setUp();
  cards.watch(['a']);
  await soon();
  cards.stop();
  await vi.advanceTimersByTimeAsync(2 * SETTLE);
  expect(told).toHaveLength(1);
  expect(fetchCards).toHaveBeenCalledOnce();
});
