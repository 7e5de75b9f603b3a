// @ts-check
import { problemOf } from "./call-card.js";
import { t } from "./i18n.js";
import { failNext, getMessages, openThread } from "./messages-api.js";
import { gist, part } from "./thread-message.js";
import { ThreadView } from "./thread-view.js";

/**
 * @typedef {import("./messages-api.js").Thread} Thread
 * @typedef {import("./messages-api.js").Inbox} Inbox
 */

const element = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const input = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (document.getElementById(id));
const select = (/** @type {string} */ id) => /** @type {HTMLSelectElement} */ (document.getElementById(id));
const PREVIEW = 60;

/** All threads: the form that opens one, the list, and the one that is open. */
export class ThreadList {
  /** @type {Map<string, Thread>} */
  #threads = new Map();
  /** @type {Inbox[]} */
  #inboxes = [];
  #view = new ThreadView();
  /** How many messages of the business's each thread had when it was last before the person. @type {Map<string, number>} */
  #seen = new Map();

  constructor() {
    element("new-thread").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#try(() => this.#open());
    });
    for (const radio of document.querySelectorAll("[name=channel]")) radio.addEventListener("change", () => this.#showInboxes());
    element("fail").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#try(() => this.#fail());
    });
    window.addEventListener("hashchange", () => this.#showList());
  }

  /** Asks which inboxes there are; after each (re)connection. */
  async load() {
    this.#inboxes = (await getMessages()).inboxes;
    this.#showInboxes();
    this.update([]);
  }

  /**
   * @param {Thread[]} threads those that changed
   * @param {boolean} [all] there are no others
   */
  update(threads, all = false) {
    if (all) this.#threads.clear();
    for (const thread of threads) {
      const known = this.#threads.get(thread.id);
      if (!known && all && !this.#seen.has(thread.id)) this.#seen.set(thread.id, replies(thread));
      if (!known || known.version < thread.version) this.#threads.set(thread.id, thread);
    }
    const open = this.#view.id && this.#threads.get(this.#view.id);
    if (open) this.#show(open);
    this.#showList();
  }

  relabel() {
    this.#showInboxes();
    this.#showList();
    this.#view.redraw();
  }

  #channel() {
    return String(new FormData(/** @type {HTMLFormElement} */ (element("new-thread"))).get("channel"));
  }

  #showInboxes() {
    const channel = this.#channel();
    const inboxes = this.#inboxes.filter((inbox) => inbox.channel === channel);
    const chosen = select("inbox").value;
    select("inbox").replaceChildren(...inboxes.map(({ id, label }) => new Option(label ? `${label} · ${id}` : id, id)));
    if (inboxes.some(({ id }) => id === chosen)) select("inbox").value = chosen;
    const text = channel === "sms";
    element("customer-label").textContent = t(text ? "new.number" : "new.id");
    input("customer").type = text ? "tel" : "text";
    element("customer-hint").textContent = t(text ? "new.numberHint" : "new.idHint");
    const failures = inboxes[0]?.faults ?? [];
    select("failure").replaceChildren(...failures.map((name) => new Option(t(`failure.${name}`), name)));
  }

  async #open() {
    const thread = await openThread({
      channel: this.#channel(), inbox: select("inbox").value, customer: input("customer").value, name: input("customer-name").value,
    });
    this.#threads.set(thread.id, thread);
    this.#choose(thread);
    input("customer").value = "";
    input("customer-name").value = "";
  }

  async #fail() {
    const count = Number(input("failure-count").value);
    await failNext({ channel: this.#channel(), failure: select("failure").value, count });
    element("fail-note").textContent = t("fail.done", { count });
  }

  /** @param {Thread} thread */
  #choose(thread) {
    this.#show(thread);
    this.#showList();
    element("text").focus();
  }

  /** @param {Thread} thread */
  #show(thread) {
    const inbox = this.#inboxes.find(({ channel, id }) => channel === thread.channel && id === thread.inbox);
    if (inbox) this.#view.show(thread, inbox);
  }

  #showList() {
    const here = location.hash === "#messages" && !document.hidden;
    const open = this.#view.id && this.#threads.get(this.#view.id);
    if (open && here) this.#seen.set(open.id, replies(open));
    const threads = [...this.#threads.values()].sort((a, b) => lastAt(b).localeCompare(lastAt(a)));
    const focused = document.activeElement?.getAttribute("data-thread");
    element("threads").replaceChildren(...threads.map((thread) => this.#entry(thread)));
    if (focused) /** @type {HTMLElement | null} */ (element("threads").querySelector(`[data-thread="${CSS.escape(focused)}"]`))?.focus();
    element("threads-title").hidden = threads.length === 0;
    const unread = threads.reduce((sum, thread) => sum + this.#unread(thread), 0);
    element("unread").textContent = unread ? String(unread) : "";
    element("unread").hidden = unread === 0;
  }

  /** @param {Thread} thread */
  #unread(thread) {
    return Math.max(0, replies(thread) - (this.#seen.get(thread.id) ?? 0));
  }

  /** @param {Thread} thread */
  #entry(thread) {
    const item = document.createElement("li");
    const button = /** @type {HTMLButtonElement} */ (part("button", "thread-entry"));
    button.type = "button";
    button.dataset.thread = thread.id;
    button.dataset.testid = "thread-entry";
    button.setAttribute("aria-current", String(thread.id === this.#view.id));
    const head = part("span", "row");
    head.append(part("strong", "", thread.name || thread.customer), part("span", "chip", t(`channel.${thread.channel}`)));
    const last = thread.messages.at(-1);
    button.append(head, part("span", "quiet", last ? gist(last).slice(0, PREVIEW) : t("new.nothing")));
    const unread = this.#unread(thread);
    if (unread) button.append(part("span", "badge", t("new.unread", { count: unread })));
    button.addEventListener("click", () => this.#choose(thread));
    item.append(button);
    return item;
  }

  /** @param {() => Promise<unknown>} f */
  async #try(f) {
    try {
      element("new-problem").textContent = "";
      element("fail-note").textContent = "";
      await f();
    } catch (error) {
      element("new-problem").textContent = problemOf(error);
    }
  }
}

/** @param {Thread} thread */
const replies = (thread) => thread.messages.filter(({ from }) => from !== "customer").length;

/** @param {Thread} thread */
const lastAt = (thread) => thread.messages.at(-1)?.at ?? "9";
