import { useEffect, useSyncExternalStore } from 'react';
import { useDesk } from '../desk/desk-context';
import type { CardsState } from './cards';

/**
 * The live cards of queues, which are watched as long as the component is there. Every card that is pushed redraws it: what it
 * draws for each card should be a `memo`. Failed means that a fetch did not succeed; it is tried again, and `retry` does it now.
 */
export function useCards(queueIds: readonly string[]): CardsState & { retry: () => void } {
  const { cards } = useDesk();
  const wanted = JSON.stringify(queueIds);
  useEffect(() => cards.watch(JSON.parse(wanted) as string[]), [cards, wanted]);
  const state = useSyncExternalStore(cards.subscribe, cards.get);
  return { ...state, retry: cards.refresh };
}
