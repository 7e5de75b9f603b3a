// @ts-check
import { audio } from "./sound.js";

// The bell of the customer's telephone: two soft notes, every three seconds while something rings.

let ringing = false;
/** @type {number|undefined} */
let timer;

/** @param {boolean} on */
export function ring(on) {
  if (on === ringing) return;
  ringing = on;
  clearInterval(timer);
  if (!on) return;
  bell();
  timer = setInterval(bell, 3000);
}

async function bell() {
  const context = await audio();
  if (!ringing || context.state !== "running") return;
  [523, 659].forEach((hz, i) => note(context, hz, context.currentTime + i * 0.22));
}

/**
 * @param {AudioContext} context
 * @param {number} hz
 * @param {number} at
 */
function note(context, hz, at) {
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(0.12, at + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.0005, at + 0.9);
  const tone = new OscillatorNode(context, { frequency: hz });
  tone.connect(gain).connect(context.destination);
  tone.start(at);
  tone.stop(at + 1);
}
