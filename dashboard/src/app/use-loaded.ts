import { useCallback, useEffect, useRef, useState } from 'react';
import { type ErrorKey, errorKeyOf } from '../desk/failure';

interface State<T> {
  key: string;
  data?: T | undefined;
  error?: unknown;
  busy: boolean;
}

export interface Loaded<T> {
  /** What was asked for; while it is fetched anew, what was fetched before. */
  data: T | undefined;
  busy: boolean;
  failure: ErrorKey | undefined;
  /** Why it failed. */
  error: unknown;
  /** Fetches it anew. Gives what came, or nothing if it failed or something else was asked for meanwhile. */
  reload: () => Promise<T | undefined>;
}

/** What the server says to a query, fetched when the query changes. An answer that comes late to an older one is dropped. */
export function useLoaded<Q, T>(query: Q, fetchOne: (query: Q) => Promise<T>): Loaded<T> {
  const key = JSON.stringify(query);
  const [state, setState] = useState<State<T>>({ key, busy: true });
  const turn = useRef(0);
  const reload = useCallback(async () => {
    turn.current += 1;
    const mine = turn.current;
    const settle = (part: Omit<State<T>, 'key'>) => {
      if (turn.current === mine) setState((held) => ({ ...(held.key === key && held), ...part, key }));
    };
    settle({ busy: true, error: undefined });
    try {
      const data = await fetchOne(JSON.parse(key) as Q);
      settle({ busy: false, data });
      return turn.current === mine ? data : undefined;
    } catch (error) {
      settle({ busy: false, error });
      return undefined;
    }
  }, [key, fetchOne]);
  useEffect(() => {
    void reload();
    return () => {
      turn.current += 1;
    };
  }, [reload]);
  const held: State<T> = state.key === key ? state : { key, busy: true };
  const { data, busy, error } = held;
  return { data, busy, error, failure: error === undefined ? undefined : errorKeyOf(error), reload };
}
