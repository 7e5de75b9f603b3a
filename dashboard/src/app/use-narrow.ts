import { useSyncExternalStore } from 'react';

const query = window.matchMedia('(max-width: 687px)');

const subscribe = (listener: () => void) => {
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
};

/** Whether the window is as narrow as Cloudscape's phone layout. */
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => query.matches);
