// @ts-check
// The messages' part of the simulator's own API.
import { request } from "./api.js";

/**
 * @typedef {{id: string, name?: string, type: string, bytes: number}} FileRef
 * @typedef {{latitude: number, longitude: number, label?: string}} Place
 * @typedef {{id: string, from: "customer"|"business"|"provider", at: string, text?: string, files?: FileRef[], location?: Place,
 *   replyTo?: string, reaction?: string, edits?: number, deleted?: boolean, state: string, code?: number, unsupported?: boolean,
 *   payload?: string, elsewhere?: boolean}} Message
 * @typedef {{id: string, channel: string, inbox: string, customer: string, name?: string, optedOut?: boolean, typingUntil?: string,
 *   seenAt?: string, messages: Message[], version: number}} Thread
 * @typedef {"location"|"reactions"|"unsend"|"edits"|"replies"|"reads"|"postbacks"|"unsupported"|"elsewhere"|"aged"} Ability
 * @typedef {{channel: string, id: string, label?: string, can: Record<Ability, boolean>, faults: string[]}} Inbox
 */

const BASE = "/messages";

/** @returns {Promise<{inboxes: Inbox[], threads: Thread[]}>} */
export const getMessages = () => request(BASE);

/**
 * @param {{channel: string, inbox: string, customer: string, name: string}} ask
 * @returns {Promise<Thread>}
 */
export const openThread = (ask) => request(`${BASE}/threads`, ask);

/**
 * @param {string} thread
 * @param {"write"|"elsewhere"|"react"|"edit"|"unsend"|"read"|"repeat"} act
 * @param {object} [body]
 */
export const doInThread = (thread, act, body = {}) => request(`${BASE}/threads/${encodeURIComponent(thread)}/${act}`, body);

/** @param {{channel: string, failure: string, count: number}} ask */
export const failNext = (ask) => request(`${BASE}/faults`, ask);

/**
 * @param {File} file
 * @returns {Promise<FileRef>}
 */
export const addFile = (file) => request(`${BASE}/files?name=${encodeURIComponent(file.name.slice(0, 80))}`, file);

/** @param {FileRef} file */
export const addressOf = (file) => `/simulator/api${BASE}/files/${file.id}`;
