// @ts-check
import { audio, telephoneFilter } from "./sound.js";

// One microphone for all calls, open while somebody takes it.

/** @type {Set<(frame: Uint8Array) => void>} */
const takers = new Set();
/** @type {Promise<() => void>|undefined} */
let opening;

/** Why the microphone cannot be had: message names the sentence to show. */
export class NoMicrophone extends Error {}

/** @param {unknown} error */
function explain(error) {
  const name = error instanceof Error ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return new NoMicrophone("microphone.denied");
  if (name === "NotFoundError" || name === "OverconstrainedError") return new NoMicrophone("microphone.missing");
  if (name === "NotReadableError" || name === "AbortError") return new NoMicrophone("microphone.busy");
  return new NoMicrophone("microphone.failed");
}

async function open() {
  if (!navigator.mediaDevices) throw new NoMicrophone("microphone.insecure");
  const context = await audio();
  const stream = await navigator.mediaDevices
    .getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true } })
    .catch((error) => { throw explain(error); });
  const source = new MediaStreamAudioSourceNode(context, { mediaStream: stream });
  const filter = telephoneFilter(context);
  const capture = new AudioWorkletNode(context, "capture", { numberOfOutputs: 0 });
  capture.port.onmessage = ({ data }) => takers.forEach((take) => take(data));
  source.connect(filter.input);
  filter.output.connect(capture);
  return () => {
    source.disconnect();
    filter.output.disconnect();
    capture.port.postMessage(null);
    for (const track of stream.getTracks()) track.stop();
  };
}

/** Asks for the microphone; it stays open as long as there are takers. @throws {NoMicrophone} */
export async function openMicrophone() {
  opening ??= open();
  try {
    await opening;
  } catch (error) {
    opening = undefined;
    throw error instanceof NoMicrophone ? error : explain(error);
  }
}

/** @param {(frame: Uint8Array) => void} take gets 20 ms of μ-law at a time */
export function takeMicrophone(take) {
  takers.add(take);
}

/** Gives the microphone back; the last one turns it off. @param {(frame: Uint8Array) => void} take */
export async function leaveMicrophone(take) {
  if (!takers.delete(take) || takers.size > 0) return;
  const close = opening;
  opening = undefined;
  (await close)?.();
}
