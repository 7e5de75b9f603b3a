import type { Browser, Page } from 'playwright-core';
import type { FakeCenter } from '../fake/fake-center';
import { keepSession } from '../session';

interface MediaNodeWindow {
  answer: (offer: string) => Promise<string>;
  drop: () => void;
}

/** A page with real peers that answer offers with a tone, as a media node with a caller behind it would. */
export async function openMediaNode(browser: Browser, hz = 880): Promise<Page> {
  const node = await browser.newPage();
  await node.evaluate((frequency) => {
    const context = new AudioContext();
    const outlet = context.createMediaStreamDestination();
    const tone = new OscillatorNode(context, { frequency });
    tone.connect(new GainNode(context, { gain: 0.3 })).connect(outlet);
    tone.start();
    let peers: RTCPeerConnection[] = [];
    Object.assign(window, {
      async answer(offer: string) {
        const pc = new RTCPeerConnection();
        peers.push(pc);
        for (const track of outlet.stream.getTracks()) pc.addTrack(track);
        await pc.setRemoteDescription({ type: 'offer', sdp: offer });
        await pc.setLocalDescription();
        while (pc.iceGatheringState !== 'complete') {
          await new Promise((resolve) => pc.addEventListener('icegatheringstatechange', resolve, { once: true }));
        }
        return pc.localDescription?.sdp;
      },
      drop() {
        for (const pc of peers) pc.close();
        peers = [];
      },
    });
  }, hz);
  return node;
}

/** The centre's media node is the one of that page. */
export function lend(node: Page, center: FakeCenter): void {
  center.answerOffer = (offer) => node.evaluate((sdp) => (window as unknown as MediaNodeWindow).answer(sdp), offer);
}

/** Every peer of the node is gone at once. */
export function dropPeers(node: Page): Promise<void> {
  return node.evaluate(() => (window as unknown as MediaNodeWindow).drop());
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

/** Dates and numbers are those of one region, whatever the machine's. */
const regions = { en: 'en-US', fr: 'fr-FR' } as const;

/** A fresh browser profile on the centre's page, where the person has signed in already. */
export async function signIn(browser: Browser, center: FakeCenter, path = '/desk', look: Look = {}): Promise<Page> {
  const { width = 1280, height = 800, language = 'en', dark = false, microphone = true, ready = true } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    locale: regions[language],
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    permissions: microphone ? ['microphone'] : [],
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  if (!microphone) await refuseMicrophone(page);
  await keepSession(page, center.provider.session());
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
