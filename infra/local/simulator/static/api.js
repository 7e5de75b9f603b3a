// @ts-check
// The simulator's own API, same origin.

/**
 * @typedef {{at: string, kind: string, text?: string, language?: string, code?: number, by?: string}} Line
 * @typedef {{sid: string, outgoing: boolean, from: string, to: string, label: string, name?: string, status: string, created: string,
 *   answered?: string, ended?: string, muted: boolean, source?: "microphone"|"tone"|"machine"|"call", toneHz?: number,
 *   conference?: {name: string, with: string[], waiting?: boolean}, recording?: boolean, transcript: Line[]}} Call
 * @typedef {{number: string, shown: string, does: "ring"|"answer"|"busy"|"no-answer"|"voicemail", toneHz?: number}} Phone
 * @typedef {{number: string, shown: string, label?: string}} PhoneNumber
 * @typedef {{source: string, toneHz: number}} Voice
 */

const BASE = "/simulator/api";
const FINAL = ["completed", "busy", "failed", "no-answer", "canceled"];

/** A request that was refused: reason names the sentence to show. */
export class Refused extends Error {
  /** @param {string} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * @param {string} path
 * @param {object} [body] makes it a POST: of a file as it is, of anything else as JSON
 * @returns {Promise<any>}
 */
export async function request(path, body) {
  /** @type {Response} */
  let response;
  try {
    const file = body instanceof Blob;
    response = await fetch(BASE + path, body && {
      method: "POST",
      headers: { "Content-Type": file ? body.type || "application/octet-stream" : "application/json" },
      body: file ? body : JSON.stringify(body),
    });
  } catch {
    throw new Refused("network");
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(answer.reason ?? "unknown");
  return answer;
}

/** @returns {Promise<{numbers: PhoneNumber[], calls: Call[], phones: Phone[]}>} */
export const getState = () => request("/state");

/**
 * @param {{from: string, to: string, name: string} & Voice} dial
 * @returns {Promise<Call>}
 */
export const placeCall = (dial) => request("/calls", dial);

/**
 * @param {string} sid
 * @param {"hangup"|"answer"|"decline"|"voicemail"|"digits"|"mute"} action
 * @param {object} [body]
 * @returns {Promise<Call>}
 */
export const act = (sid, action, body = {}) => request(`/calls/${sid}/${action}`, body);

/**
 * Says what a telephone does when the centre calls it.
 * @param {{number: string, does: Phone["does"], toneHz?: number}} phone
 * @returns {Promise<{phones: Phone[]}>} all that do not just ring
 */
export const setPhone = (phone) => request("/phones", phone);

/** Whether the call rings at the person in front of the page, and not at the centre itself. @param {Call} call */
export const isIncoming = (call) => call.outgoing && call.source !== "call" && (call.status === "ringing" || call.status === "queued");

/** @param {Call} call */
export const isEnded = (call) => FINAL.includes(call.status);

/** @param {string} path */
export function openSocket(path) {
  const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${BASE}${path}`);
  socket.binaryType = "arraybuffer";
  return socket;
}

/**
 * Follows the calls and threads for ever, over any loss of the network.
 * @param {(news: {calls: Call[], threads: import("./messages-api.js").Thread[], phones?: Phone[], all: boolean}) => void} onNews
 *   what has changed; all there is, after each (re)connection
 * @param {(state: "open"|"lost") => void} onLink
 */
export function watch(onNews, onLink) {
  const socket = openSocket("/events");
  socket.onopen = () => onLink("open");
  socket.onmessage = ({ data }) => {
    const { calls, threads, phones, all } = JSON.parse(data);
    onNews({ calls, threads: threads ?? [], phones, all: Boolean(all) });
  };
  socket.onclose = () => {
    onLink("lost");
    setTimeout(() => watch(onNews, onLink), 1000);
  };
}
