import type { Recording } from '../api/model';
import type { Sound } from './sound';

/** A recorded message as it is being made or changed. */
export interface RecordingDraft {
  /** Empty for a new one. */
  id: string;
  /** The version that is changed, so that nobody else's change is lost. */
  version: number;
  name: string;
  tags: readonly string[];
  archived: boolean;
  /** Another sound than the stored one. */
  sound: Sound | undefined;
}

export const newDraft: RecordingDraft = { id: '', version: 0, name: '', tags: [], archived: false, sound: undefined };

export const draftOf = ({ id, version, name, tags, archived }: Recording): RecordingDraft => ({
  id,
  version,
  name,
  tags,
  archived,
  sound: undefined,
});

/** What is wrong with a field; keys under `recordingForm`. */
export type DraftProblem = 'required' | 'tooLong' | 'soundRequired';
export type DraftProblems = Partial<Record<'name' | 'sound', DraftProblem>>;

/** The server's limit, in characters. */
const LONGEST_NAME = 100;

export function draftProblems({ id, name, sound }: RecordingDraft): DraftProblems {
  const found: DraftProblems = {};
  if (name.trim() === '') found.name = 'required';
  else if ([...name.trim()].length > LONGEST_NAME) found.name = 'tooLong';
  if (!id && !sound) found.sound = 'soundRequired';
  return found;
}
