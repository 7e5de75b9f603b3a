import type { AudioProblem } from '../audio/audio-problem';

/** Why a file or a recording makes no message; keys under `sound.problem`. */
export type UnfitSound = 'unreadable' | 'tooLong' | 'tooLarge' | 'silent' | 'silentFile';

/** Why there is no sound. */
export type SoundProblem = AudioProblem | UnfitSound;

export class SoundError extends Error {
  override readonly name = 'SoundError';

  constructor(readonly problem: UnfitSound) {
    super(problem);
  }
}
