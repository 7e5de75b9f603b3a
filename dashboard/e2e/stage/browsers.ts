import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../test/chromium';

const running = new Map<string, Promise<Browser>>();

/**
 * One browser process, for every file of a worker, with which it ends. Its microphone plays the file when there is one, and beeps
 * otherwise.
 */
export async function launch(microphone = ''): Promise<Browser> {
  const before = running.get(microphone);
  if (before && (await before).isConnected()) return before;
  const browser = launchChromium(
    '--autoplay-policy=no-user-gesture-required',
    ...(microphone ? [`--use-file-for-fake-audio-capture=${microphone}`] : []),
  );
  running.set(microphone, browser);
  return browser;
}

export const agentVoice = (built: string): string => join(built, 'agent.wav');
