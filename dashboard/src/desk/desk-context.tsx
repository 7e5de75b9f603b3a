import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react';
import type { AudioState } from '../audio/audio-state';
import type { Session } from '../session/session';
import type { Desk } from './desk-runtime';
import type { DeskState } from './desk-state';

interface SignedIn {
  desk: Desk;
  session: Session;
}

const Context = createContext<SignedIn | undefined>(undefined);

export function DeskProvider({ desk, session, children }: SignedIn & { children: ReactNode }) {
  return <Context value={{ desk, session }}>{children}</Context>;
}

function useSignedIn(): SignedIn {
  const value = useContext(Context);
  if (!value) throw new Error('used outside the desk');
  return value;
}

export const useDesk = (): Desk => useSignedIn().desk;
export const useSession = (): Session => useSignedIn().session;

/** A part of the desk's state; redraws when that part is another object or value than before. */
export function useDeskState<T>(select: (state: DeskState) => T): T {
  const { store } = useDesk();
  const part = useMemo(() => onceFor(select), [select]);
  return useSyncExternalStore(store.subscribe, () => part(store.get()));
}

/** The selector, which now gives the same for the same state even if it makes a new object each time. */
function onceFor<T>(select: (state: DeskState) => T): (state: DeskState) => T {
  let last: { state: DeskState; part: T } | undefined;
  return (state) => {
    if (last?.state !== state) last = { state, part: select(state) };
    return last.part;
  };
}

export function useAudio(): AudioState {
  const { audio } = useDesk();
  return useSyncExternalStore(audio.subscribe, audio.get);
}
