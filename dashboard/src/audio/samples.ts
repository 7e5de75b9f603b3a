/** Makes one channel of several: their mean, so that nothing is clipped that was not. */
export function downmix(channels: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const mono = new Float32Array(channels[0]?.length ?? 0);
  for (const channel of channels) {
    for (const [i, sample] of channel.entries()) mono[i] = (mono[i] ?? 0) + sample;
  }
  return mono.map((sum) => sum / channels.length);
}

/** Root mean square, −50 dBFS: a muted microphone is below it, somebody who whispers is not. */
const AUDIBLE = 10 ** (-50 / 20);

/** Whether nothing can be heard in any stretch of so many samples. */
export function isSilent(samples: Float32Array, stretch: number): boolean {
  for (let from = 0; from < samples.length; from += stretch) {
    const part = samples.subarray(from, from + stretch);
    const energy = part.reduce((sum, sample) => sum + sample * sample, 0);
    if (energy > AUDIBLE * AUDIBLE * stretch) return false;
  }
  return true;
}
