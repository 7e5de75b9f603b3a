import { useCallback, useState } from 'react';
import type { Recording } from '../../api/model';
import { useDesk } from '../../desk/desk-context';
import { type ErrorKey, errorKeyOf } from '../../desk/failure';
import {
  type DraftProblems,
  draftOf,
  draftProblems,
  newDraft,
  type RecordingDraft,
} from '../../recordings/recording-draft';
import { useRecordingDrafts } from '../../recordings/use-recordings';

/** The form's state: what is wrong is told on saving, and again as it is put right. What is written lasts until it is saved. */
export function useRecordingForm(stored: Recording | undefined, onSaved: (saved: Recording) => void) {
  const { recordings, recordingDrafts: drafts } = useDesk();
  const [opened] = useState(() => (stored ? draftOf(stored) : newDraft));
  const draft = useRecordingDrafts().find(({ id }) => id === opened.id) ?? opened;
  const [checked, setChecked] = useState(false);
  const [failure, setFailure] = useState<ErrorKey>();
  const [progress, setProgress] = useState<number>();
  const problems: DraftProblems = checked ? draftProblems(draft) : {};

  /** Read from where it is kept: a sound may be ready long after this was drawn. */
  const change = useCallback(
    (part: Partial<RecordingDraft>) => drafts.set({ ...(drafts.of(opened.id) ?? opened), ...part }),
    [drafts, opened],
  );

  /** Somebody's change came first: saving once more replaces it, now that it is known. */
  const adoptNewest = async () => {
    await recordings.load();
    const newest = recordings.get().recordings.find(({ id }) => id === opened.id);
    if (newest) change({ version: newest.version });
  };

  const save = async () => {
    setChecked(true);
    setFailure(undefined);
    if (progress !== undefined || Object.keys(draftProblems(draft)).length > 0) return;
    setProgress(0);
    try {
      const saved = await recordings.save(draft, setProgress);
      drafts.drop(opened.id);
      onSaved(saved);
    } catch (error) {
      const key = errorKeyOf(error);
      if (key === 'recordingChanged') await adoptNewest();
      setFailure(key);
    } finally {
      setProgress(undefined);
    }
  };

  return { draft, change, problems, failure, progress, save, discard: () => drafts.drop(opened.id) };
}
