import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Card } from '../api/report-model';
import { useDesk } from '../desk/desk-context';
import { type DetailsState, followDetails } from './queue-details';

interface Live extends DetailsState {
  card: Card | undefined;
  retry: () => void;
}

/** A queue's details, live as long as the component is there. */
export function useQueueDetails(queueId: string): Live {
  const { cardApi, cards } = useDesk();
  const [state, setState] = useState<DetailsState>({ phase: 'loading' });
  const retry = useRef(() => {});
  useEffect(() => {
    const source = followDetails({ queueId, fetchDetails: cardApi.details, cards, onChange: setState });
    retry.current = source.retry;
    return source.stop;
  }, [queueId, cardApi, cards]);
  const card = useSyncExternalStore(cards.subscribe, () => cards.get().cards[queueId]);
  return { ...state, card, retry: () => retry.current() };
}
