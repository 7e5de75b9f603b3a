import type { CardApi } from '../api/card-api';
import { isFinal } from '../api/problem';
import type { Card } from '../api/report-model';
import { SETTLE } from '../realtime/realtime-link';
import { createRefresher } from '../realtime/refresher';
import { isLater } from './is-later';

export interface CardsState {
  /** By queue, of those that are watched. One that has not come yet is missing. */
  cards: Readonly<Record<string, Card>>;
  /** The last fetch did not succeed: what is held may be old. */
  failed: boolean;
}

/** The cards of the queues that somebody on this page looks at. The server pushes them; they are fetched only to begin with. */
export interface Cards {
  get(): CardsState;
  subscribe(listener: () => void): () => void;
  /**
   * Watches queues, besides those that others watch, until the function that is returned is called. With their agents, cards
   * are pushed, too, when one of these does something else.
   */
  watch(queueIds: readonly string[], withAgents?: boolean): () => void;
  /** Cards that were pushed. */
  receive(cards: readonly Card[]): void;
  /** The server knows nothing of what this desk watches: its connection is new. */
  connected(): void;
  /** Fetches what is watched. */
  refresh(): void;
  stop(): void;
}

/** As many as the server lets a desk watch: shared/deskapi/card.go. */
export const MAX_WATCHED = 100;

/** Milliseconds. */
const DAY_END_SPREAD = 10_000;

interface Wish {
  queueIds: readonly string[];
  withAgents: boolean;
}

const allOf = (wishes: readonly Wish[]): string[] => [...new Set(wishes.flatMap(({ queueIds }) => queueIds))].sort();

export function createCards(fetchCards: CardApi['cards'], tell: (message: object) => void): Cards {
  let state: CardsState = { cards: {}, failed: false };
  let watched: readonly string[] = [];
  let agentsOf: readonly string[] = [];
  let changing = false;
  let settling: ReturnType<typeof setTimeout> | undefined;
  let dayEnding: ReturnType<typeof setTimeout> | undefined;
  const wishes = new Set<Wish>();
  const listeners = new Set<() => void>();
  const refresher = createRefresher(fetchOnce);

  function set(next: CardsState): void {
    if (next.cards === state.cards && next.failed === state.failed) return;
    state = next;
    awaitDayEnd();
    for (const listener of [...listeners]) listener();
  }

  /** At the end of the centre's day nothing is pushed, and yet the figures of today begin anew. Not all desks ask at once. */
  function awaitDayEnd(): void {
    const [card] = Object.values(state.cards);
    if (!card || dayEnding) return;
    const left = Date.parse(card.dayEnds) - Date.parse(card.at);
    dayEnding = setTimeout(
      () => {
        dayEnding = undefined;
        refresher.now();
      },
      left + DAY_END_SPREAD * (0.1 + 0.9 * Math.random()),
    );
  }

  async function fetchOnce(): Promise<boolean> {
    if (watched.length === 0) return true;
    try {
      const cards = await fetchCards(watched);
      set({ cards: merged(cards), failed: false });
      return true;
    } catch (error) {
      set({ ...state, failed: watched.length > 0 });
      return isFinal(error);
    }
  }

  /** Of two cards of a queue the one that was read later holds, whichever came first. */
  function merged(incoming: readonly Card[]): CardsState['cards'] {
    const news = incoming.filter((card) => watched.includes(card.queueId) && isLater(card, state.cards[card.queueId]));
    if (news.length === 0) return state.cards;
    return { ...state.cards, ...Object.fromEntries(news.map((card) => [card.queueId, card])) };
  }

  /** What comes and goes within one change of the page is one change here. */
  function change(): void {
    if (changing) return;
    changing = true;
    queueMicrotask(() => {
      changing = false;
      const next = allOf([...wishes]).slice(0, MAX_WATCHED);
      const shown = allOf([...wishes].filter(({ withAgents }) => withAgents)).filter((id) => next.includes(id));
      if (JSON.stringify([next, shown]) === JSON.stringify([watched, agentsOf])) return;
      const added = next.some((id) => !watched.includes(id)) || shown.some((id) => !agentsOf.includes(id));
      watched = next;
      agentsOf = shown;
      const kept = Object.entries(state.cards).filter(([id]) => next.includes(id));
      set({ cards: Object.fromEntries(kept), failed: state.failed && !added });
      tellAll(added);
    });
  }

  /**
   * Tells the server what is watched. Both the telling and the fetch come once more when it is sure to know this desk's
   * wishes: what changed until then was not pushed, and of two messages in quick succession it may hear the later one first.
   */
  function tellAll(fetches: boolean): void {
    const say = () => tell({ type: 'watch', queueIds: watched, ...(agentsOf.length > 0 && { agentsOf }) });
    clearTimeout(settling);
    say();
    if (fetches) refresher.now();
    settling = setTimeout(() => {
      say();
      refresher.now();
    }, SETTLE);
  }

  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    watch(queueIds, withAgents = false) {
      const wish = { queueIds, withAgents };
      wishes.add(wish);
      change();
      return () => {
        wishes.delete(wish);
        change();
      };
    },
    receive: (cards) => set({ ...state, cards: merged(cards) }),
    connected() {
      if (watched.length > 0) tellAll(true);
    },
    refresh: refresher.now,
    stop() {
      clearTimeout(settling);
      clearTimeout(dayEnding);
      refresher.stop();
    },
  };
}
