// @ts-check
import { openSocket } from "./api.js";
import { leaveMicrophone, openMicrophone, takeMicrophone } from "./microphone.js";
import { audio, telephoneFilter } from "./sound.js";
import { analyze, FLOOR, level } from "./spectrum.js";
import { decode, RATE } from "./ulaw.js";

const WINDOW = RATE / 5;

/** The sound of one live call, both ways, over any loss of the network. */
export class CallAudio {
  #sid;
  #closed = false;
  /** @type {WebSocket|undefined} */
  #socket;
  /** @type {AudioWorkletNode|undefined} */
  #player;
  /** @type {AudioContext|undefined} */
  #context;
  #heard = new Float32Array(WINDOW);
  #saidLevel = FLOOR;
  #muted = false;
  #usesMicrophone = false;
  #take = (/** @type {Uint8Array} */ frame) => this.#send(frame);

  /** @param {string} sid */
  constructor(sid) {
    this.#sid = sid;
  }

  /** Starts to carry sound: when the call is answered. */
  open() {
    if (this.#socket || this.#closed) return;
    this.#connect();
    this.#play();
  }

  #connect() {
    const socket = openSocket(`/calls/${this.#sid}/audio`);
    this.#socket = socket;
    socket.onmessage = ({ data }) => this.#hear(new Uint8Array(data));
    socket.onclose = () => {
      this.#heard.fill(0);
      if (!this.#closed) setTimeout(() => !this.#closed && this.#connect(), 1000);
    };
  }

  async #play() {
    const context = await audio();
    if (this.#closed) return;
    this.#context = context;
    this.#player = new AudioWorkletNode(context, "playback", { numberOfInputs: 0, outputChannelCount: [1] });
    const filter = telephoneFilter(context);
    this.#player.connect(filter.input);
    filter.output.connect(context.destination);
  }

  /** @param {Uint8Array} ulaw */
  #hear(ulaw) {
    const samples = Float32Array.from(ulaw, decode);
    this.#heard.copyWithin(0, samples.length);
    this.#heard.set(samples, WINDOW - samples.length);
    if (this.#context?.state === "running") this.#player?.port.postMessage(samples, [samples.buffer]);
  }

  /** @param {Uint8Array} frame */
  #send(frame) {
    this.#saidLevel = level(Float32Array.from(frame, decode));
    if (!this.#muted && this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(frame);
  }

  /** Speaks with the microphone. @throws {import("./microphone.js").NoMicrophone} */
  async useMicrophone() {
    if (this.#usesMicrophone) return;
    this.#usesMicrophone = true;
    await openMicrophone();
    if (!this.#closed) takeMicrophone(this.#take);
  }

  /** @param {boolean} muted */
  mute(muted) {
    this.#muted = muted;
  }

  /** What is heard now. */
  heard() {
    return analyze(this.#heard);
  }

  /** Level of what is said into the microphone, in dBFS. */
  said() {
    return this.#muted ? FLOOR : this.#saidLevel;
  }

  close() {
    this.#closed = true;
    this.#socket?.close();
    this.#player?.port.postMessage(null);
    this.#player?.disconnect();
    leaveMicrophone(this.#take);
  }
}
