const HEADER = 44;
const BYTES_A_SAMPLE = 2;
const PCM = 1;

/**
 * Writes samples from −1 to 1 as a WAV file: mono, 16-bit PCM. What is louder is clipped.
 * The format: https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html
 */
export function encodeWav(samples: Float32Array, rate: number): ArrayBuffer {
  const bytes = samples.length * BYTES_A_SAMPLE;
  const file = new ArrayBuffer(HEADER + bytes);
  const view = new DataView(file);
  const name = (at: number, text: string) => {
    for (let i = 0; i < text.length; i++) view.setUint8(at + i, text.charCodeAt(i));
  };
  name(0, 'RIFF');
  view.setUint32(4, HEADER - 8 + bytes, true);
  name(8, 'WAVEfmt ');
  view.setUint32(16, 16, true); // bytes of the format
  view.setUint16(20, PCM, true);
  view.setUint16(22, 1, true); // channels
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * BYTES_A_SAMPLE, true); // bytes a second
  view.setUint16(32, BYTES_A_SAMPLE, true); // bytes a frame
  view.setUint16(34, 8 * BYTES_A_SAMPLE, true); // bits a sample
  name(36, 'data');
  view.setUint32(40, bytes, true);
  samples.forEach((sample, i) => {
    const clipped = Math.min(1, Math.max(-1, sample));
    view.setInt16(HEADER + i * BYTES_A_SAMPLE, Math.round(clipped * 32_767), true);
  });
  return file;
}
