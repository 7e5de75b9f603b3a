// @ts-check
// The page's one audio context: opened by the first click, as browsers require, and told about when it is not.

/** @type {AudioContext|undefined} */
let context;
/** @type {Promise<void>|undefined} */
let ready;
/** @type {(running: boolean) => void} */
let tell = () => {};

/** @param {(running: boolean) => void} f called when sound becomes possible or impossible */
export function onSound(f) {
  tell = f;
}

/** @returns {Promise<AudioContext>} with the worklets loaded; it may be suspended */
export async function audio() {
  if (!context) {
    context = new AudioContext({ latencyHint: "interactive" });
    const made = context;
    made.onstatechange = () => tell(made.state === "running");
    ready = Promise.all(["capture", "playback"].map((name) => made.audioWorklet.addModule(`/simulator/static/${name}-worklet.js`)))
      .then(() => tell(made.state === "running"));
  }
  await ready;
  return context;
}

/** Call it from a click or a key. */
export async function wakeSound() {
  const opened = await audio();
  if (opened.state === "suspended") await opened.resume();
}

/**
 * Keeps speech and drops what 8 kHz cannot carry.
 * @param {AudioContext} context
 */
export function telephoneFilter(context) {
  const filters = [1, 2].map(() => new BiquadFilterNode(context, { type: "lowpass", frequency: 3500, Q: 0.7 }));
  filters[0].connect(filters[1]);
  return { input: filters[0], output: filters[1] };
}
