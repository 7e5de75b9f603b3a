import type { DeskApi } from '../api/client';
import { Problem } from '../api/problem';
import { createRefresher } from '../realtime/refresher';
import type { DeskStore } from './desk-store';
import { selectContactMissing } from './selectors';

export interface DeskSync {
  /** Fetches a snapshot; while one is under way, one more follows it. */
  now(): void;
  stop(): void;
}

/** Fetches snapshots into the store: on request, and again whenever a patch names a call that was never brought. */
export function createDeskSync(api: DeskApi, store: DeskStore, clock: () => number = Date.now): DeskSync {
  let stopped = false;

  async function fetchOnce(): Promise<boolean> {
    const sentAt = clock();
    try {
      const desk = await api.desk();
      if (!stopped) store.dispatch({ type: 'snapshot', desk, sentAt, receivedAt: clock() });
    } catch (error) {
      if (stopped) return true;
      if (!(error instanceof Problem && error.slug === 'not-an-agent')) {
        store.dispatch({ type: 'load-failed' });
        return false;
      }
      store.dispatch({ type: 'refused' });
    }
    return true;
  }

  const refresher = createRefresher(fetchOnce);

  let missing = '';
  const unsubscribe = store.subscribe(() => {
    const state = store.get();
    const id = selectContactMissing(state) ? (state.agents[state.me]?.contactId ?? '') : '';
    if (id && id !== missing) refresher.now();
    missing = id;
  });

  return {
    now: refresher.now,
    stop() {
      stopped = true;
      refresher.stop();
      unsubscribe();
    },
  };
}
