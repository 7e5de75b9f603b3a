// @ts-check
// G.711 μ-law, as on the telephone line. Also loaded inside the audio worklets.

/** Sampling rate of the telephone line, in hertz. */
export const RATE = 8000;

const BIAS = 0x84;
const CLIP = 32635;

/**
 * @param {number} sample -1..1
 * @returns {number} one μ-law byte
 */
export function encode(sample) {
  let value = Math.round(sample * 32767);
  const sign = value < 0 ? 0x80 : 0;
  value = Math.min(Math.abs(value), CLIP) + BIAS;
  const exponent = Math.max(0, 31 - Math.clz32(value) - 7);
  return ~(sign | (exponent << 4) | ((value >> (exponent + 3)) & 0x0f)) & 0xff;
}

/**
 * @param {number} code one μ-law byte
 * @returns {number} -1..1
 */
export function decode(code) {
  const bits = ~code & 0xff;
  const value = (((bits & 0x0f) << 3) + BIAS) * 2 ** ((bits >> 4) & 0x07) - BIAS;
  return (bits & 0x80 ? -value : value) / 32768;
}
