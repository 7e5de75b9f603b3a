import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
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

/** A part of the desk's state. The selector must return the same value for the same state. */
export function useDeskState<T>(select: (state: DeskState) => T): T {
  const { store } = useDesk();
  const state = useSyncExternalStore(store.subscribe, store.get);
  return select(state);
}

export function useAudio(): AudioState {
  const { audio } = useDesk();
  return useSyncExternalStore(audio.subscribe, audio.get);
}
