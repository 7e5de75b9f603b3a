import { useSyncExternalStore } from 'react';
import type { Voicemail } from '../api/model';
import { useDesk } from '../desk/desk-context';
import type { VoicemailsState } from './voicemails';

export function useVoicemails(): VoicemailsState {
  const { voicemails } = useDesk();
  return useSyncExternalStore(voicemails.subscribe, voicemails.get);
}

/** Whether a message is there to be dealt with; one that has expired is as good as gone. */
export const isToDo = (one: Voicemail): boolean => one.state !== 'done' && isThere(one);

export const isThere = ({ expiresAt }: Voicemail): boolean =>
  expiresAt === undefined || Date.parse(expiresAt) > Date.now();

/** How many messages are to be dealt with. */
export const useNewVoicemails = (): number => useVoicemails().voicemails.filter(isToDo).length;
