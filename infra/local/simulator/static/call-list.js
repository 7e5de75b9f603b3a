// @ts-check
import { isEnded, isIncoming } from "./api.js";
import { CallCard, duration } from "./call-card.js";
import { language, t, translate } from "./i18n.js";
import { ring } from "./ring-tone.js";
import { hush, speak } from "./speech.js";
import { showTranscript } from "./transcript.js";

/** @typedef {import("./api.js").Call} Call */

const element = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const KEPT = 20;
/** What was said before the page opened is not said again. */
const opened = new Date().toISOString();

/** All calls: a card for each live one, a line for each that has ended. */
export class CallList {
  /** @type {Map<string, CallCard>} */
  #live = new Map();
  /** @type {Map<string, Call>} */
  #past = new Map();
  /** When the last line of each live call was written that was said aloud or passed over. @type {Map<string, string>} */
  #spoken = new Map();
  #voice;

  /** @param {() => import("./api.js").Voice} voice what incoming calls are answered with */
  constructor(voice) {
    this.#voice = voice;
    setInterval(() => this.#live.forEach((card) => card.tick()), 200);
  }

  /**
   * @param {Call[]} calls those that changed
   * @param {boolean} [all] there are no others: a simulator that was restarted has forgotten its calls
   */
  update(calls, all = false) {
    if (all) {
      for (const [sid, card] of this.#live) {
        if (calls.some((call) => call.sid === sid)) continue;
        card.close();
        this.#live.delete(sid);
      }
    }
    for (const call of [...calls].sort((a, b) => a.created.localeCompare(b.created))) {
      if (isEnded(call)) this.#end(call);
      else this.#show(call);
    }
    this.#arrange();
  }

  /** @param {string} sid */
  knows(sid) {
    return this.#live.has(sid) || this.#past.has(sid);
  }

  /** @param {Call} call */
  #show(call) {
    const card = this.#live.get(call.sid) ?? this.#add(call);
    const seen = this.#spoken.get(call.sid) ?? opened;
    const news = call.transcript.filter((line) => line.at > seen);
    this.#spoken.set(call.sid, call.transcript.at(-1)?.at ?? seen);
    card.update(call);
    if (news.some((line) => line.kind === "redirected" || (line.kind === "digits" && gathers(call)))) hush();
    for (const line of news) if (line.kind === "say") speak(line);
  }

  /** @param {Call} call */
  #add(call) {
    const card = new CallCard(call, this.#voice);
    this.#live.set(call.sid, card);
    element("live").prepend(card.element);
    return card;
  }

  /** @param {Call} call */
  #end(call) {
    const card = this.#live.get(call.sid);
    if (card) {
      const focused = card.element.contains(document.activeElement);
      card.close();
      this.#live.delete(call.sid);
      this.#spoken.delete(call.sid);
      hush();
      if (focused) element("call").focus();
    }
    if (this.#past.has(call.sid)) element("recent").querySelector(`[data-sid="${call.sid}"]`)?.remove();
    this.#past.set(call.sid, call);
    element("recent").prepend(pastCall(call, card !== undefined));
    while (element("recent").childElementCount > KEPT) element("recent").lastElementChild?.remove();
  }

  #arrange() {
    element("empty").hidden = this.#live.size > 0 || this.#past.size > 0;
    element("calls-title").hidden = this.#live.size === 0 && this.#past.size > 0;
    element("recent-title").hidden = this.#past.size === 0;
    const rings = [...this.#live.values()].some(({ call }) => isIncoming(call) && call.status === "ringing");
    ring(rings);
    document.title = `${rings ? `☎ ${t("call.incomingTitle")} · ` : ""}Guichet · ${t("page.title")}`;
  }

  /** Puts the keys of the keyboard on a call that was just placed. @param {string} sid */
  focus(sid) {
    this.#live.get(sid)?.element.focus();
  }

  relabel() {
    this.#live.forEach((card) => {
      card.relabel();
      card.update(card.call);
    });
    element("recent").replaceChildren(...[...this.#past.values()].reverse().slice(0, KEPT).map((call) => pastCall(call, false)));
    this.#arrange();
  }
}

/** Whether keys are waited for: they cut short what is being said. @param {Call} call */
function gathers(call) {
  const last = (/** @type {string[]} */ kinds) => call.transcript.findLastIndex((line) => kinds.includes(line.kind));
  return last(["gather"]) > last(["enqueue", "leave", "redirected", "stream", "conference", "record"]);
}

/**
 * @param {Call} call
 * @param {boolean} open
 */
function pastCall(call, open) {
  const template = /** @type {HTMLTemplateElement} */ (element("recent-template"));
  const details = /** @type {HTMLDetailsElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
  const part = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (details.querySelector(selector));
  translate(details);
  details.dataset.sid = call.sid;
  details.dataset.status = call.status;
  details.open = open;
  part(".past-party").textContent = `${call.name || (call.outgoing && call.label) || call.from} → ${(!call.outgoing && call.label) || call.to}`;
  part(".chip").textContent = t(`status.${call.status}`);
  part(".chip").dataset.status = call.status;
  const ended = Date.parse(call.ended ?? call.created);
  const length = call.answered ? `${duration(Math.round((ended - Date.parse(call.answered)) / 1000))} · ` : "";
  part("time").textContent = length + new Date(ended).toLocaleTimeString(language(), { hour: "2-digit", minute: "2-digit" });
  showTranscript(part(".transcript"), call.transcript, true);
  return details;
}
