// @ts-check
// The simulator's own API, same origin.

/**
 * @typedef {{at: string, kind: string, text?: string, language?: string, code?: number, by?: string}} Line
 * @typedef {{sid: string, outgoing: boolean, from: string, to: string, label: string, name?: string, status: string, created: string,
 *   answered?: string, ended?: string, muted: boolean, source?: "microphone"|"tone", toneHz?: number,
 *   transcript: Line[]}} Call
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
 * @param {object} [body] makes it a POST
 * @returns {Promise<any>}
 */
async function request(path, body) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(BASE + path, body && {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Refused("network");
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(answer.reason ?? "unknown");
  return answer;
}

/** @returns {Promise<{numbers: PhoneNumber[], calls: Call[]}>} */
export const getState = () => request("/state");

/**
 * @param {{from: string, to: string, name: string} & Voice} dial
 * @returns {Promise<Call>}
 */
export const placeCall = (dial) => request("/calls", dial);

/**
 * @param {string} sid
 * @param {"hangup"|"answer"|"decline"|"digits"|"mute"} action
 * @param {object} [body]
 * @returns {Promise<Call>}
 */
export const act = (sid, action, body = {}) => request(`/calls/${sid}/${action}`, body);

/** @param {Call} call */
export const isEnded = (call) => FINAL.includes(call.status);

/** @param {string} path */
export function openSocket(path) {
  const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${BASE}${path}`);
  socket.binaryType = "arraybuffer";
  return socket;
}

/**
 * Follows the calls for ever, over any loss of the network.
 * @param {(calls: Call[], all: boolean) => void} onCalls the calls that changed; all there are, after each (re)connection
 * @param {(state: "open"|"lost") => void} onLink
 */
export function watchCalls(onCalls, onLink) {
  const socket = openSocket("/events");
  socket.onopen = () => onLink("open");
  socket.onmessage = ({ data }) => {
    const { calls, all } = JSON.parse(data);
    onCalls(calls, Boolean(all));
  };
  socket.onclose = () => {
    onLink("lost");
    setTimeout(() => watchCalls(onCalls, onLink), 1000);
  };
}
