import type { DeskApi } from '../api/client';
import { Problem } from '../api/problem';
import { Backoff } from '../realtime/backoff';
import type { DeskStore } from './desk-store';
import { selectContactMissing } from './selectors';

export interface DeskSync {
  /** Fetches a snapshot; while one is under way, one more follows it. */
  now(): void;
  stop(): void;
}

/** Fetches snapshots into the store: on request, and again whenever a patch names a call that was never brought. */
export function createDeskSync(api: DeskApi, store: DeskStore, clock: () => number = Date.now): DeskSync {
  const backoff = new Backoff(500, 10_000);
  let running = false;
  let again = false;
  let stopped = false;
  let retry: ReturnType<typeof setTimeout> | undefined;

  async function fetchOnce(): Promise<void> {
    const sentAt = clock();
    try {
      const desk = await api.desk();
      if (!stopped) store.dispatch({ type: 'snapshot', desk, sentAt, receivedAt: clock() });
      backoff.reset();
    } catch (error) {
      if (stopped) return;
      if (error instanceof Problem && error.slug === 'not-an-agent') store.dispatch({ type: 'refused' });
      else {
        store.dispatch({ type: 'load-failed' });
        retry = setTimeout(now, backoff.next());
      }
    }
  }

  async function run(): Promise<void> {
    running = true;
    do {
      again = false;
      await fetchOnce();
    } while (again && !stopped);
    running = false;
  }

  function now(): void {
    clearTimeout(retry);
    if (running) again = true;
    else void run();
  }

  let missing = '';
  const unsubscribe = store.subscribe(() => {
    const state = store.get();
    const id = selectContactMissing(state) ? (state.agents[state.me]?.contactId ?? '') : '';
    if (id && id !== missing) now();
    missing = id;
  });

  return {
    now,
    stop() {
      stopped = true;
      clearTimeout(retry);
      unsubscribe();
    },
  };
}
