import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { keptChromium } from '../../test/chromium';

/** A browser of the worker's, whose microphone plays the file when there is one, and beeps otherwise. */
export function launch(microphone?: string): Promise<Browser> {
  return keptChromium(
    '--autoplay-policy=no-user-gesture-required',
    ...(microphone ? [`--use-file-for-fake-audio-capture=${microphone}`] : []),
  );
}

export const agentVoice = (built: string): string => join(built, 'agent.wav');
