// @ts-check
import { RATE } from "./ulaw.js";

// Plays 8 kHz samples as they come from the network: gathers a little before it starts, drops what is late.

const START = 0.06 * RATE;
const MOST = 0.24 * RATE;

class Playback extends AudioWorkletProcessor {
  /** @type {Float32Array[]} */
  chunks = [];
  waiting = 0;
  offset = 0;
  flowing = false;
  place = 0;
  before = 0;
  after = 0;

  ended = false;

  constructor() {
    super();
    this.port.onmessage = ({ data }) => {
      if (data === null) {
        this.ended = true;
        return;
      }
      this.chunks.push(data);
      this.waiting += data.length;
      while (this.waiting > MOST) this.drop();
    };
  }

  drop() {
    const first = /** @type {Float32Array} */ (this.chunks.shift());
    this.waiting -= first.length - this.offset;
    this.offset = 0;
  }

  next() {
    if (this.chunks.length === 0) {
      this.flowing = false;
      return 0;
    }
    const sample = this.chunks[0][this.offset++];
    this.waiting--;
    if (this.offset === this.chunks[0].length) {
      this.chunks.shift();
      this.offset = 0;
    }
    return sample;
  }

  /**
   * @param {Float32Array[][]} _inputs
   * @param {Float32Array[][]} outputs
   */
  process(_inputs, outputs) {
    if (this.ended) return false;
    const out = outputs[0][0];
    if (!this.flowing && this.waiting < START) return true;
    this.flowing = true;
    for (let i = 0; i < out.length; i++) {
      while (this.place >= 1) {
        [this.before, this.after] = [this.after, this.next()];
        this.place--;
      }
      out[i] = this.before + (this.after - this.before) * this.place;
      this.place += RATE / sampleRate;
    }
    return true;
  }
}

registerProcessor("playback", Playback);
