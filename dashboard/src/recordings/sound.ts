/** How long a recorded message may be, in seconds; the server's limit, too. */
export const LONGEST_SECONDS = 120;

/** A sound that was recorded or chosen, as the telephone carries it. */
export interface Sound {
  /** WAV, 8 kHz, mono, 16-bit PCM. */
  file: File;
  seconds: number;
}
