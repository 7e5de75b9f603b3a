import { type MessageTone, messageTones } from './message-tones';
import type { Note } from './note';
import { ringbackOf } from './ringback';
import { Speaker } from './speaker';

/** Two rising pairs, then silence: heard over speech without alarming anybody. */
const ring: Note[] = [
  { at: 0, hz: 784, seconds: 0.35 },
  { at: 0.18, hz: 988, seconds: 0.5 },
  { at: 0.8, hz: 784, seconds: 0.35 },
  { at: 0.98, hz: 988, seconds: 0.5 },
];
const RING_SECONDS = 3;

const test: Note[] = [
  { at: 0, hz: 523, seconds: 0.4 },
  { at: 0.3, hz: 659, seconds: 0.4 },
  { at: 0.6, hz: 784, seconds: 0.7 },
];
const TEST_SECONDS = 1.6;

/** Rendered once, so that a loop runs on time even when the tab's timers are slowed down. */
function render(context: AudioContext, notes: readonly Note[], seconds: number): AudioBuffer {
  const buffer = context.createBuffer(1, Math.ceil(seconds * context.sampleRate), context.sampleRate);
  const samples = buffer.getChannelData(0);
  for (const { at, hz, seconds: length, steady } of notes) {
    const start = Math.floor(at * context.sampleRate);
    for (let i = 0; i < length * context.sampleRate; i++) {
      const t = i / context.sampleRate;
      const envelope = steady
        ? 0.4 * Math.min(1, t / 0.01, (length - t) / 0.01)
        : Math.min(1, t / 0.01) * Math.exp(-6 * t);
      samples[start + i] = (samples[start + i] ?? 0) + 0.5 * envelope * Math.sin(2 * Math.PI * hz * t);
    }
  }
  return buffer;
}

/** The desk's own sounds, on the device and with the volume that they have in the settings. */
export class Tones {
  private readonly context = new AudioContext();
  private readonly gain = new GainNode(this.context);
  private readonly messageGain = new GainNode(this.context);
  private readonly outlet = new MediaStreamAudioDestinationNode(this.context);
  private readonly speaker = new Speaker();
  private ringing: AudioBufferSourceNode | undefined;

  constructor() {
    this.gain.connect(this.outlet);
    this.messageGain.connect(this.outlet);
  }

  /** Volumes from 0 to 1. */
  use(deviceId: string, volume: number, messageVolume: number): void {
    this.gain.gain.value = volume * volume;
    this.messageGain.gain.value = messageVolume * messageVolume;
    void this.speaker.use(deviceId);
  }

  startRinging(): void {
    this.loop(ring, RING_SECONDS);
  }

  /** Sounds until stopRinging, while the telephone of who is called rings; as in the country, ISO 3166-1. */
  startRingback(country: string): void {
    const { notes, seconds } = ringbackOf(country);
    this.loop(notes, seconds);
  }

  private loop(notes: readonly Note[], seconds: number): void {
    if (this.ringing) return;
    this.ringing = this.source(notes, seconds, this.gain);
    this.ringing.loop = true;
    this.ringing.start();
    this.wake();
  }

  stopRinging(): void {
    this.ringing?.stop();
    this.ringing = undefined;
  }

  /** Sounds once for a message. */
  playMessage(tone: MessageTone): void {
    if (tone === 'none') return;
    const { notes, seconds } = messageTones[tone];
    this.source(notes, seconds, this.messageGain).start();
    this.wake();
  }

  /** Plays the test sound where customers are heard, at full volume. */
  playTest(speakerId: string): void {
    const outlet = new MediaStreamAudioDestinationNode(this.context);
    const source = this.source(test, TEST_SECONDS, outlet);
    const speaker = new Speaker();
    void this.context.resume();
    source.onended = () => void speaker.play(undefined);
    void speaker.use(speakerId).then(() => {
      source.start();
      return speaker.play(outlet.stream);
    });
  }

  /** After a click: what the browser held back plays now. */
  wake(): void {
    if (this.context.state === 'running' && this.speaker.playing) return;
    void this.context.resume();
    this.speaker.play(this.outlet.stream).catch(() => {
      // Not before the agent's first click; the desk says so where it matters, and tries again then.
    });
  }

  private source(notes: readonly Note[], seconds: number, to: AudioNode): AudioBufferSourceNode {
    const source = new AudioBufferSourceNode(this.context, { buffer: render(this.context, notes, seconds) });
    source.connect(to);
    return source;
  }
}
