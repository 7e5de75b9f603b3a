import { useCallback, useSyncExternalStore } from 'react';
import { type Day, dayIn } from '../i18n/days';
import { useDeskState } from './desk-context';

/** Milliseconds between two looks at the clock: a day may end while a page is open. */
const LOOK = 10_000;

const subscribe = (listener: () => void) => {
  const timer = setInterval(listener, LOOK);
  return () => clearInterval(timer);
};

/** The browser's zone, which the centre's mostly is: good enough until the server has named it. */
export const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Today, by the server's time, in a zone. */
export function useToday(zone: string): Day {
  const offset = useDeskState((state) => state.clockOffset);
  return useSyncExternalStore(
    subscribe,
    useCallback(() => dayIn(zone, Date.now() + offset), [zone, offset]),
  );
}
