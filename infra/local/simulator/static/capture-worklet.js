// @ts-check
import { encode, RATE } from "./ulaw.js";

// Takes the microphone at the browser's rate and posts frames of 20 ms of 8 kHz μ-law. The input is low-pass filtered
// before it gets here.

const FRAME = RATE / 50;

class Capture extends AudioWorkletProcessor {
  frame = new Uint8Array(FRAME);
  filled = 0;
  /** Place of the next output sample, in input samples after the last one of the previous block. */
  place = 0;
  last = 0;
  ended = false;

  constructor() {
    super();
    this.port.onmessage = () => {
      this.ended = true;
    };
  }

  /** @param {Float32Array[][]} inputs */
  process(inputs) {
    if (this.ended) return false;
    const input = inputs[0][0];
    if (!input) return true;
    const step = sampleRate / RATE;
    while (this.place < input.length) {
      const index = Math.floor(this.place);
      const before = index === 0 ? this.last : input[index - 1];
      this.push(before + (input[index] - before) * (this.place - index));
      this.place += step;
    }
    this.place -= input.length;
    this.last = input[input.length - 1];
    return true;
  }

  /** @param {number} sample */
  push(sample) {
    this.frame[this.filled++] = encode(Math.max(-1, Math.min(1, sample)));
    if (this.filled < FRAME) return;
    this.port.postMessage(this.frame, [this.frame.buffer]);
    this.frame = new Uint8Array(FRAME);
    this.filled = 0;
  }
}

registerProcessor("capture", Capture);
