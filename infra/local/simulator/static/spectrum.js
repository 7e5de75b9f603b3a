// @ts-check
import { RATE } from "./ulaw.js";

// Level and dominant frequency of a stretch of sound: what the meters show.

const LOWEST = 100;
const HIGHEST = 3800;
const COARSE = 20;
/** Under this level, in dBFS, there is no frequency to speak of. */
const AUDIBLE = -45;
export const FLOOR = -96;

/**
 * @param {Float32Array} samples at 8 kHz; 200 ms give a resolution of 5 Hz
 * @returns {{hz: number, dbfs: number}} hz is 0 when it is too quiet
 */
export function analyze(samples) {
  const dbfs = level(samples);
  if (dbfs < AUDIBLE) return { hz: 0, dbfs };
  const tapered = samples.map((s, i) => s * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / samples.length)));
  const near = strongest(tapered, LOWEST, HIGHEST, COARSE);
  return { hz: strongest(tapered, near - COARSE, near + COARSE, 1), dbfs };
}

/**
 * @param {Float32Array} samples
 * @returns {number} root mean square in dBFS
 */
export function level(samples) {
  if (samples.length === 0) return FLOOR;
  let sum = 0;
  for (const s of samples) sum += s * s;
  return Math.max(FLOOR, 10 * Math.log10(sum / samples.length + 1e-12));
}

/**
 * @param {Float32Array} samples
 * @param {number} from
 * @param {number} to
 * @param {number} step
 */
function strongest(samples, from, to, step) {
  let best = 0;
  let bestPower = 0;
  for (let hz = from; hz <= to; hz += step) {
    const power = goertzel(samples, hz);
    if (power > bestPower) [best, bestPower] = [hz, power];
  }
  return best;
}

/**
 * @param {Float32Array} samples
 * @param {number} hz
 */
function goertzel(samples, hz) {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / RATE);
  let s1 = 0;
  let s2 = 0;
  for (const x of samples) [s1, s2] = [x + coefficient * s1 - s2, s1];
  return s1 * s1 + s2 * s2 - coefficient * s1 * s2;
}
