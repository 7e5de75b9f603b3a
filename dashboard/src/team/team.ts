import type { DeskApi } from '../api/client';
import { isFinal } from '../api/problem';
import type { DeskStore } from '../desk/desk-store';
import { createRefresher } from '../realtime/refresher';

export interface TeamState {
  /** Everybody is known. */
  loaded: boolean;
  /** The last fetch did not succeed: what is held may be old. */
  failed: boolean;
}

/** Everybody, for supervisors. The server pushes what changes; all is fetched to begin with, and when pushes may have been lost. */
export interface Team {
  get(): TeamState;
  subscribe(listener: () => void): () => void;
  /** Somebody looks at the team, until the function that is returned is called. */
  watch(): () => void;
  /** Fetches everybody, if somebody looks. */
  refresh(): void;
  stop(): void;
}

export function createTeam(fetchTeam: DeskApi['team'], store: DeskStore): Team {
  let state: TeamState = { loaded: false, failed: false };
  let watchers = 0;
  const listeners = new Set<() => void>();
  const refresher = createRefresher(fetchOnce);

  function become(next: TeamState): void {
    if (next.loaded === state.loaded && next.failed === state.failed) return;
    state = next;
    for (const listener of [...listeners]) listener();
  }

  async function fetchOnce(): Promise<boolean> {
    if (watchers === 0) return true;
    const known = Object.keys(store.get().agents);
    try {
      store.dispatch({ type: 'team', team: await fetchTeam(), known });
      become({ loaded: true, failed: false });
      return true;
    } catch (error) {
      become({ ...state, failed: true });
      return isFinal(error);
    }
  }

  const refresh = () => {
    if (watchers > 0) refresher.now();
  };
  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    watch() {
      watchers += 1;
      refresh();
      return () => {
        watchers -= 1;
      };
    },
    refresh,
    stop: refresher.stop,
  };
}
