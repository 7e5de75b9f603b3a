import { type Browser, chromium } from 'playwright-core';

/** What a whole browser does beside showing pages costs more than ours do. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--no-first-run',
];
/** The last one hides addresses behind names that a browser without windows does not look up. */
const turnedOff = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebRtcHideLocalIpsWithMdns'];

/** Most pages live for seconds: what their code would gain by optimisation in other threads is less than it costs. */
const unoptimised = '--js-flags=--no-turbofan,--no-maglev,--single-threaded-gc';
/** For what is measured: the browser as people have it. */
export const asPeopleHaveIt = '--js-flags=';

/** One browser process, whose microphone beeps, and whose user lets every page use it: without windows nobody can be asked. */
export function launchChromium(...args: string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      ...quiet,
      `--disable-features=${turnedOff.join(',')}`,
      unoptimised,
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      ...args,
    ],
  });
}

const running = new Map<string, Promise<Browser>>();

/** The same process for every file of a worker, with which it ends; each choice of arguments has its own. */
export async function keptChromium(...args: string[]): Promise<Browser> {
  const key = args.join(' ');
  const before = running.get(key);
  if (before && (await before).isConnected()) return before;
  const browser = launchChromium(...args);
  running.set(key, browser);
  return browser;
}
