import type { Browser, Page } from 'playwright-core';
import type { FarSide } from '../fake-media-node';

/** What came from the other side so far. */
export interface Heard {
  codec: string;
  /** Of the sound: it stands still while there is silence. */
  energy: number;
}

interface FarWindow {
  pc?: RTCPeerConnection;
}

/** The agent's end of a call: a peer connection in a page of its own, that hums. */
export class AgentEnd {
  private constructor(private readonly page: Page) {}

  static async open(browser: Browser, origin: string): Promise<AgentEnd> {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${origin}/webchat/demo.css`); // anything of this machine: it may use WebRTC
    await page.mouse.click(1, 1); // a page that nobody has touched makes no sound
    return new AgentEnd(page);
  }

  readonly answer: FarSide = (offer) =>
    this.page.evaluate(async (sdp) => {
      const far = window as FarWindow;
      if (!far.pc) {
        far.pc = new RTCPeerConnection();
        const context = new AudioContext();
        const hum = new MediaStreamAudioDestinationNode(context);
        const tone = new OscillatorNode(context, { frequency: 300 });
        tone.connect(hum);
        tone.start();
        far.pc.ontrack = ({ track }) => {
          const ear = new Audio();
          ear.srcObject = new MediaStream([track]);
          void ear.play(); // what nobody plays is not decoded
        };
        for (const track of hum.stream.getTracks()) far.pc.addTrack(track, hum.stream);
      }
      const { pc } = far;
      await pc.setRemoteDescription({ type: 'offer', sdp });
      await pc.setLocalDescription();
      while (pc.iceGatheringState !== 'complete') await new Promise((resolve) => setTimeout(resolve, 20));
      return pc.localDescription?.sdp ?? '';
    }, offer);

  /** What is heard of the visitor. */
  heard(): Promise<Heard> {
    return this.page.evaluate(async () => {
      const report = await (window as FarWindow).pc?.getStats();
      const stats = [...((report as unknown as Map<string, Record<string, string>>) ?? new Map()).values()];
      const inbound = stats.find(({ type }) => type === 'inbound-rtp');
      const codec = stats.find(({ id }) => id === inbound?.['codecId']);
      return { codec: codec?.['mimeType'] ?? '', energy: Number(inbound?.['totalAudioEnergy'] ?? 0) };
    });
  }

  /** Goes without a word. */
  vanish(): Promise<void> {
    return this.page.evaluate(() => (window as FarWindow).pc?.close());
  }
}
