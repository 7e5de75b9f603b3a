/** One note of a sound pattern. */
export interface Note {
  /** Seconds from the start of the pattern. */
  at: number;
  hz: number;
  seconds: number;
  /** Keeps its loudness to the end instead of dying away. */
  steady?: boolean;
}
