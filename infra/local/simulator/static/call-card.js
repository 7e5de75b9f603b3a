// @ts-check
import { act, isIncoming, Refused } from "./api.js";
import { CallAudio } from "./call-audio.js";
import { has, language, t, translate } from "./i18n.js";
import { NoMicrophone } from "./microphone.js";
import { showTranscript } from "./transcript.js";

/** @typedef {import("./api.js").Call} Call */

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
/** What counts as an empty meter, in dBFS. */
const QUIET = -60;

/** The card of one live call: what happens, what is heard, and the keys of its telephone. */
export class CallCard {
  /** @type {Call} */
  #call;
  #root;
  #audio;
  #voice;

  /**
   * @param {Call} call
   * @param {() => import("./api.js").Voice} voice what to answer an incoming call with
   */
  constructor(call, voice) {
    const template = /** @type {HTMLTemplateElement} */ (document.getElementById("call-template"));
    this.#root = /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
    this.#call = call;
    this.#voice = voice;
    this.#audio = new CallAudio(call.sid);
    this.#root.dataset.sid = call.sid;
    this.#part(".keypad").append(...KEYS.map((key) => this.#key(key)));
    for (const button of this.#root.querySelectorAll("[data-action]")) {
      button.addEventListener("click", () => this.#do(/** @type {HTMLElement} */ (button).dataset.action ?? ""));
    }
    this.#root.addEventListener("keydown", (e) => {
      if (KEYS.includes(e.key) && !e.ctrlKey && !e.metaKey && !e.altKey) this.#press(e.key);
    });
    this.relabel();
    this.update(call);
  }

  get element() {
    return this.#root;
  }

  get call() {
    return this.#call;
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(selector));
  }

  /** @param {string} key */
  #key(key) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = key;
    button.dataset.key = key;
    button.dataset.testid = `key-${key}`;
    button.addEventListener("click", () => this.#press(key));
    return button;
  }

  /** @param {string} key */
  #press(key) {
    if (this.#call.status === "in-progress") this.#try(() => act(this.#call.sid, "digits", { digits: key }));
  }

  /** @param {string} action */
  #do(action) {
    const body = action === "mute" ? { muted: !this.#call.muted } : action === "answer" ? this.#voice() : {};
    this.#try(async () => {
      if (action === "answer" && this.#voice().source === "microphone") await this.#audio.useMicrophone();
      await act(this.#call.sid, /** @type {"hangup"} */ (action), body);
    });
  }

  /** @param {() => Promise<unknown>} f */
  async #try(f) {
    try {
      this.#problem("");
      await f();
    } catch (error) {
      this.#problem(problemOf(error));
    }
  }

  /** @param {string} text */
  #problem(text) {
    this.#part(".problem").textContent = text;
  }

  /** Says what goes on, once: screen readers read it out. @param {string} text */
  #now(text) {
    const now = this.#part(".now");
    now.hidden = !text;
    if (now.textContent !== text) now.textContent = text;
  }

  /** @param {Call} call */
  update(call) {
    this.#call = call;
    this.#root.dataset.status = call.status;
    const incoming = isIncoming(call);
    this.#root.classList.toggle("ringing", call.status === "ringing");
    this.#now(nowOf(call));
    this.#part("h3").textContent = call.outgoing ? call.label || call.from : call.name || call.from;
    this.#part(".route").textContent = route(call);
    this.#part(".chip").textContent = t(incoming ? "call.incomingTitle" : `status.${call.status}`);
    this.#part(".chip").dataset.status = call.status;
    for (const name of ["answer", "decline", "voicemail"]) this.#part(`[data-action=${name}]`).hidden = !incoming;
    for (const name of ["mute", "hangup"]) this.#part(`[data-action=${name}]`).hidden = incoming;
    this.#part(".call-body").hidden = incoming;
    this.#part("[data-action=mute]").setAttribute("aria-pressed", String(call.muted));
    this.#audio.mute(call.muted);
    if (call.status === "in-progress") this.#audio.open();
    this.#part(".voice-name").textContent = t(`voice.${call.source ?? "script"}`);
    if (call.source === "microphone") this.#audio.useMicrophone().catch((error) => this.#problem(problemOf(error)));
    showTranscript(this.#part(".transcript"), call.transcript, false);
    this.tick();
  }

  /** Says everything again in the language of the page. */
  relabel() {
    translate(this.#root);
    for (const key of this.#root.querySelectorAll(".keypad button")) {
      key.setAttribute("aria-label", t("call.key", { key: /** @type {HTMLElement} */ (key).dataset.key }));
    }
    showTranscript(this.#part(".transcript"), this.#call.transcript, true);
  }

  /** Refreshes the meters and the time; called often. */
  tick() {
    const { hz, dbfs } = this.#audio.heard();
    const heard = this.#part("[data-testid=heard-hz]");
    heard.dataset.hz = String(hz);
    heard.textContent = hz ? `${hz} Hz` : t(dbfs > QUIET ? "call.sound" : "call.silence");
    meter(this.#part("[data-testid=heard-level]"), dbfs);
    const call = this.#call;
    const said = call.source === "tone" && !call.muted && call.status === "in-progress" ? -11 : this.#audio.said();
    meter(this.#part("[data-testid=said-level]"), said);
    this.#part(".voice-value").textContent = call.muted ? t("voice.muted") : call.source === "tone" ? `${call.toneHz} Hz` : "";
    const seconds = call.answered ? Math.max(0, Math.floor((Date.now() - Date.parse(call.answered)) / 1000)) : 0;
    this.#part(".timer").textContent = call.answered ? duration(seconds) : "";
  }

  close() {
    this.#audio.close();
    this.#root.remove();
  }
}

/** Whom the caller hears, and who hears the caller. @param {Call} call */
function nowOf(call) {
  const { conference, recording } = call;
  if (recording) return t("now.recording");
  if (!conference) return "";
  if (conference.waiting || conference.with.length === 0) return t("now.waiting");
  return t("now.conference", { numbers: new Intl.ListFormat(language(), { type: "conjunction" }).format(conference.with) });
}

/** Who calls whom, beside what the title says. @param {Call} call */
function route(call) {
  if (call.outgoing) return t("call.from", { number: call.from, to: call.to });
  const caller = call.name ? `${call.from} · ` : "";
  return caller + t("call.to", { number: call.label ? `${call.label}, ${call.to}` : call.to });
}

/**
 * @param {HTMLElement} element
 * @param {number} dbfs
 */
function meter(element, dbfs) {
  const shown = Math.round(Math.max(QUIET, Math.min(0, dbfs)));
  element.setAttribute("aria-valuenow", String(shown));
  element.dataset.dbfs = String(Math.round(dbfs));
  /** @type {HTMLElement} */ (element.firstElementChild).style.clipPath = `inset(0 ${Math.round((100 * shown) / QUIET)}% 0 0)`;
}

/** @param {number} seconds */
export const duration = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/** The sentence for an error. @param {unknown} error */
export function problemOf(error) {
  if (error instanceof NoMicrophone) return t(error.message);
  const key = `problem.${error instanceof Refused ? error.reason : "unknown"}`;
  return t(has(key) ? key : "problem.unknown");
}
