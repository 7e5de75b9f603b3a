/** A short, soft tone. A browser that allows no sound before the visitor has done something plays none. */
export function chime(): void {
  try {
    const context = new AudioContext();
    const volume = new GainNode(context, { gain: 0.15 });
    const tone = new OscillatorNode(context, { frequency: 660 });
    volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + 0.4);
    tone.connect(volume).connect(context.destination);
    tone.onended = () => void context.close();
    tone.start();
    tone.stop(context.currentTime + 0.4);
  } catch {
    // No sound device: the badge says it too.
  }
}
