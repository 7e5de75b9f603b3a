import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../chromium';
import type { FakeCenter } from '../fake/fake-center';

/** A browser whose user lets every page use the microphone. */
export function launch(): Promise<Browser> {
  return launchChromium('--use-fake-ui-for-media-stream');
}

/** Lends the fake centre a real peer that answers offers with a tone, as a media node with a caller behind it would. */
export async function lendMediaNode(browser: Browser, center: FakeCenter, hz = 880): Promise<Page> {
  const node = await browser.newPage();
  await node.goto(`${center.origin}/favicon.svg`);
  await node.evaluate((frequency) => {
    const context = new AudioContext();
    const outlet = context.createMediaStreamDestination();
    const tone = new OscillatorNode(context, { frequency });
    tone.connect(new GainNode(context, { gain: 0.3 })).connect(outlet);
    tone.start();
    const peers: Record<string, RTCPeerConnection> = {};
    Object.assign(window, {
      async answer(offer: string, id: string) {
        const pc = new RTCPeerConnection();
        peers[id] = pc;
        for (const track of outlet.stream.getTracks()) pc.addTrack(track);
        await pc.setRemoteDescription({ type: 'offer', sdp: offer });
        await pc.setLocalDescription();
        while (pc.iceGatheringState !== 'complete') {
          await new Promise((resolve) => pc.addEventListener('icegatheringstatechange', resolve, { once: true }));
        }
        return pc.localDescription?.sdp;
      },
      drop() {
        for (const pc of Object.values(peers)) pc.close();
      },
    });
  }, hz);
  center.answerOffer = (offer, id) =>
    node.evaluate(
      ([sdp, session]) =>
        (window as unknown as { answer: (o: string, i: string) => Promise<string> }).answer(sdp, session),
      [offer, id] as const,
    );
  return node;
}

export interface Look {
  width?: number;
  height?: number;
  language?: 'en' | 'fr';
  dark?: boolean;
  /** Whether the browser lets the page use the microphone. */
  microphone?: boolean;
  /** Whether to wait for the first page. */
  ready?: boolean;
}

/** A fresh browser profile on the centre's page, where the person has signed in already. */
export async function signIn(browser: Browser, center: FakeCenter, path = '/desk', look: Look = {}): Promise<Page> {
  const { width = 1280, height = 800, language = 'en', dark = false, microphone = true, ready = true } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    locale: language,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    permissions: microphone ? ['microphone'] : [],
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  if (!microphone) await refuseMicrophone(page);
  await page.goto(`${center.origin}/favicon.svg`);
  await page.evaluate(([key, user]) => sessionStorage.setItem(key, user), center.provider.session());
  await page.goto(center.origin + path);
  if (ready) await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

/** Chromium's fake devices always say yes. */
async function refuseMicrophone(page: Page): Promise<void> {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('refused', 'NotAllowedError'));
  });
}
