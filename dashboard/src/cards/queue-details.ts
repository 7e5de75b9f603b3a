import { isFinal, Problem } from '../api/problem';
import type { QueueDetails } from '../api/report-model';
import { createRefresher } from '../realtime/refresher';
import type { Cards } from './cards';
import { isLater } from './is-later';

export interface DetailsState {
  /** `unknown`: there is no such queue, or the agent may not see it. */
  phase: 'loading' | 'ready' | 'failed' | 'unknown';
  /** Kept when a later fetch fails. */
  details?: QueueDetails;
}

interface Ports {
  queueId: string;
  fetchDetails: (queueId: string) => Promise<QueueDetails>;
  cards: Cards;
  onChange: (state: DetailsState) => void;
}

/** Milliseconds between two fetches: as often as a card is pushed. */
export const SPACING = 1_000;

/** Keeps the details of a queue: they are fetched to begin with, and whenever the queue's card is newer than they are. */
export function followDetails({ queueId, fetchDetails, cards, onChange }: Ports): { retry(): void; stop(): void } {
  let state: DetailsState = { phase: 'loading' };
  let stopped = false;
  let next = 0;

  function set(change: DetailsState): void {
    if (stopped) return;
    state = change;
    onChange(state);
  }

  const refresher = createRefresher(async () => {
    await new Promise((done) => setTimeout(done, Math.max(0, next - Date.now())));
    if (stopped) return true;
    next = Date.now() + SPACING;
    try {
      const details = await fetchDetails(queueId);
      set({ phase: 'ready', details });
      cards.receive([details.card]);
      return true;
    } catch (error) {
      const unknown = error instanceof Problem && error.status === 404;
      set({ ...state, phase: unknown ? 'unknown' : 'failed' });
      return isFinal(error);
    }
  });

  const unsubscribe = cards.subscribe(() => {
    const card = cards.get().cards[queueId];
    if (card && state.phase !== 'unknown' && isLater(card, state.details?.card)) refresher.now();
  });
  const unwatch = cards.watch([queueId], true);
  refresher.now();

  return {
    retry: refresher.now,
    stop() {
      stopped = true;
      refresher.stop();
      unsubscribe();
      unwatch();
    },
  };
}
