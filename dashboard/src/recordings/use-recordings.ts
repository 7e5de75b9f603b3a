import { useEffect, useSyncExternalStore } from 'react';
import { useDesk } from '../desk/desk-context';
import type { RecordingDraft } from './recording-draft';
import type { RecordingsState } from './recordings';

/** The agent's recorded messages, fetched anew whenever something begins to show them. */
export function useRecordings(): RecordingsState {
  const { recordings } = useDesk();
  useEffect(() => void recordings.load(), [recordings]);
  return useSyncExternalStore(recordings.subscribe, recordings.get);
}

export function useRecordingDrafts(): readonly RecordingDraft[] {
  const { recordingDrafts } = useDesk();
  return useSyncExternalStore(recordingDrafts.subscribe, recordingDrafts.get);
}
