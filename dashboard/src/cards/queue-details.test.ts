import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sampleCard } from '../../test/samples';
import { Problem } from '../api/problem';
import type { QueueDetails } from '../api/report-model';
import { createCards } from './cards';
import { followDetails, SPACING } from './queue-details';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const card = (second: number) =>
  sampleCard({ queueId: 'a', at: `2026-11-22T09:00:${String(second).padStart(2, '0')}.000Z` });
const detailsAt = (second: number): QueueDetails => ({
  card: card(second),
  zone: 'Europe/Paris',
  agents: [],
  contacts: [],
  hours: [],
  today: {},
});

function setUp() {
  const fetchDetails = vi.fn(async () => detailsAt(1));
  const cards = createCards(
    async () => [],
    () => {},
  );
  const onChange = vi.fn();
  const source = followDetails({ queueId: 'a', fetchDetails, cards, onChange });
  return { fetchDetails, cards, onChange, source };
}

it('fetches the details once, and passes their card on', async () => {
  const { fetchDetails, cards, onChange, source } = setUp();
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(fetchDetails).toHaveBeenCalledExactlyOnceWith('a');
  expect(onChange).toHaveBeenLastCalledWith({ phase: 'ready', details: detailsAt(1) });
  expect(cards.get().cards['a']).toEqual(card(1));
  source.stop();
});

it('fetches them again when the card is newer, however many come at most once a second', async () => {
  const { fetchDetails, cards, onChange, source } = setUp();
  await vi.advanceTimersByTimeAsync(5_000);
  fetchDetails.mockImplementation(async () => detailsAt(4));
  cards.receive([card(2)]);
  cards.receive([card(3)]);
  cards.receive([card(4)]);
  await vi.advanceTimersByTimeAsync(SPACING - 100);
  expect(fetchDetails).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(fetchDetails, 'once more, for what came while it was under way').toHaveBeenCalledTimes(3);
  expect(onChange).toHaveBeenLastCalledWith({ phase: 'ready', details: detailsAt(4) });
  cards.receive([card(3)]);
  cards.receive([sampleCard({ queueId: 'b', at: '2026-11-22T10:00:00.000Z' })]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(fetchDetails).toHaveBeenCalledTimes(3);
  source.stop();
});

it('keeps what it has when a fetch fails, and tries again', async () => {
  const { fetchDetails, cards, onChange, source } = setUp();
  await vi.advanceTimersByTimeAsync(5_000);
  fetchDetails.mockRejectedValueOnce(new Problem(503, '', ''));
  cards.receive([card(2)]);
  await vi.advanceTimersByTimeAsync(0);
  expect(onChange).toHaveBeenLastCalledWith({ phase: 'failed', details: detailsAt(1) });
  fetchDetails.mockImplementation(async () => detailsAt(2));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(onChange).toHaveBeenLastCalledWith({ phase: 'ready', details: detailsAt(2) });
  source.stop();
});

it('says that a queue is unknown, and asks no more', async () => {
  const fetchDetails = vi.fn(() => Promise.reject(new Problem(404, 'queue-unknown', '')));
  const cards = createCards(
    async () => [],
    () => {},
  );
  const onChange = vi.fn();
  followDetails({ queueId: 'a', fetchDetails, cards, onChange });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(onChange).toHaveBeenLastCalledWith({ phase: 'unknown' });
  expect(fetchDetails).toHaveBeenCalledOnce();
});

it('says nothing once stopped', async () => {
  const { fetchDetails, cards, onChange, source } = setUp();
  await vi.advanceTimersByTimeAsync(5_000);
  onChange.mockClear();
  source.stop();
  cards.receive([card(9)]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(fetchDetails).toHaveBeenCalledOnce();
  expect(onChange).not.toHaveBeenCalled();
});
