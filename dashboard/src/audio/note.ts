/** One note of a sound pattern. */
export interface Note {
  /** Seconds from the start of the pattern. */
  at: number;
  hz: number;
  seconds: number;
}
