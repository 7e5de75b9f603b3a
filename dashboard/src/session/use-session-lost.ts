import { useCallback, useSyncExternalStore } from 'react';
import { useSession } from '../desk/desk-context';
import { preferences } from '../settings/preferences';

/** Whether the session can't be renewed any more, and the way back in. */
export function useSessionLost(): { lost: boolean; signIn: () => void } {
  const session = useSession();
  const subscribe = useCallback((listener: () => void) => session.onLost(listener), [session]);
  const lost = useSyncExternalStore(subscribe, session.isLost);
  return { lost, signIn: () => void session.signIn(preferences.get().language) };
}
