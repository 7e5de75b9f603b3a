import { useSyncExternalStore } from 'react';
import { useDesk } from './desk-context';
import { currentSecond, onSecond } from './seconds';

/** The server's time in milliseconds, read anew every second, on the second of the local clock. */
export function useServerNow(): number {
  const { store } = useDesk();
  const offset = useSyncExternalStore(store.subscribe, () => store.get().clockOffset);
  return useSyncExternalStore(onSecond, currentSecond) + offset;
}

/** Seconds from one moment to another; a missing one gives 0. */
export const secondsBetween = (from: string | number | undefined, to: string | number | undefined): number =>
  from === undefined || to === undefined ? 0 : (new Date(to).getTime() - new Date(from).getTime()) / 1000;
