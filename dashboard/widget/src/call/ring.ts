/** Two soft rising pairs, then silence, in seconds and hertz: a call that nobody minds. */
const NOTES = [
  [0, 659],
  [0.2, 880],
  [0.9, 659],
  [1.1, 880],
] as const;
const CYCLE = 3.5;
const VOLUME = 0.2;

/** Sounds while a call rings. A browser that allows no sound before the visitor has done something plays none. */
export class RingTone {
  private context: AudioContext | undefined;

  ring(on: boolean): void {
    if (on === Boolean(this.context)) return;
    try {
      if (on) this.start();
      else void this.context?.close();
    } catch {
      // No sound device: the card says it too.
    }
    if (!on) this.context = undefined;
  }

  /** It is a loop of the sound device's, so that it keeps time also where the page's timers are slowed down. */
  private start(): void {
    const context = new AudioContext();
    this.context = context;
    const buffer = context.createBuffer(1, CYCLE * context.sampleRate, context.sampleRate);
    const samples = buffer.getChannelData(0);
    for (const [at, hz] of NOTES) {
      const start = Math.floor(at * context.sampleRate);
      for (let i = 0; i < context.sampleRate; i++) {
        const t = i / context.sampleRate;
        const loudness = VOLUME * Math.min(1, t / 0.01) * Math.exp(-5 * t);
        samples[start + i] = (samples[start + i] ?? 0) + loudness * Math.sin(2 * Math.PI * hz * t);
      }
    }
    const source = new AudioBufferSourceNode(context, { buffer, loop: true });
    source.connect(context.destination);
    source.start();
  }
}
