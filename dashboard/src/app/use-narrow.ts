import { useSyncExternalStore } from 'react';

/** A hook that tells whether the window is at most so wide. */
function atMost(pixels: number): () => boolean {
  const query = window.matchMedia(`(max-width: ${pixels}px)`);
  const subscribe = (listener: () => void) => {
    query.addEventListener('change', listener);
    return () => query.removeEventListener('change', listener);
  };
  return () => useSyncExternalStore(subscribe, () => query.matches);
}

/** Whether the window is as narrow as Cloudscape's phone layout. */
export const useNarrow = atMost(687);

/** Whether it is too narrow for a table of many columns beside the side bar. */
export const useMedium = atMost(1199);
