// @ts-check
import { t } from "./i18n.js";
import { addFile, doInThread } from "./messages-api.js";
import { problemOf } from "./call-card.js";
import { gist, messageView, part } from "./thread-message.js";

/**
 * @typedef {import("./messages-api.js").Thread} Thread
 * @typedef {import("./messages-api.js").Message} Message
 * @typedef {import("./messages-api.js").Inbox} Inbox
 */

const element = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const input = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (document.getElementById(id));

/** The thread that a person has open: what it shows, and what they write. */
export class ThreadView {
  /** @type {Thread | undefined} */
  #thread;
  /** @type {Inbox | undefined} */
  #inbox;
  /** What the composer is about beside a new message. @type {{action: "reply"|"edit", message: Message} | undefined} */
  #about;
  /** The shown messages as they were when drawn. @type {Map<string, string>} */
  #drawn = new Map();

  constructor() {
    element("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#try(() => this.#send());
    });
    element("text").addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        /** @type {HTMLFormElement} */ (element("composer")).requestSubmit();
      }
    });
    input("files").addEventListener("change", () => this.#showFiles());
    element("about-cancel").addEventListener("click", () => this.#setAbout(undefined));
    for (const button of document.querySelectorAll("[data-extra]")) {
      button.addEventListener("click", () => this.#try(() => this.#extra(button.getAttribute("data-extra") ?? "")));
    }
    setInterval(() => this.#showTyping(), 500);
    document.addEventListener("visibilitychange", () => this.#read());
    window.addEventListener("hashchange", () => this.#read());
  }

  get id() {
    return this.#thread?.id;
  }

  /**
   * @param {Thread} thread
   * @param {Inbox} inbox
   */
  show(thread, inbox) {
    if (thread.id !== this.#thread?.id) {
      element("thread-log").replaceChildren();
      this.#drawn.clear();
      this.#setAbout(undefined);
      element("thread-problem").textContent = "";
    }
    this.#thread = thread;
    this.#inbox = inbox;
    this.relabel();
    this.#draw();
    this.#read();
  }

  /** Says everything again in the language of the page. */
  relabel() {
    const thread = this.#thread;
    element("thread-empty").hidden = thread !== undefined;
    element("thread").hidden = thread === undefined;
    if (!thread || !this.#inbox) return;
    element("thread-name").textContent = thread.name || thread.customer;
    element("thread-route").textContent = `${t(`channel.${thread.channel}`)} · ${this.#inbox.label || thread.inbox}`;
    element("opted-out").hidden = !thread.optedOut;
    for (const extra of document.querySelectorAll("[data-needs]")) {
      const ability = /** @type {import("./messages-api.js").Ability} */ (extra.getAttribute("data-needs"));
      /** @type {HTMLElement} */ (extra).hidden = !this.#inbox.can[ability];
    }
    const some = Object.values(this.#inbox.can).some(Boolean);
    element("extras").hidden = !some;
  }

  /** Everything anew, as after a change of language. */
  redraw() {
    this.#drawn.clear();
    element("thread-log").replaceChildren();
    this.relabel();
    this.#draw();
  }

  /** Draws what is new or has changed, and follows the end unless the reader has scrolled up. */
  #draw() {
    const thread = this.#thread;
    if (!thread || !this.#inbox) return;
    const log = element("thread-log");
    const following = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
    for (const m of thread.messages) {
      const as = JSON.stringify([m, thread.seenAt && thread.seenAt >= m.at]);
      if (this.#drawn.get(m.id) === as) continue;
      const view = messageView(thread, m, this.#inbox, (action, about, value) => this.#try(() => this.#act(action, about, value)));
      const old = /** @type {HTMLElement | null} */ (log.querySelector(`[data-id="${CSS.escape(m.id)}"]`));
      if (old) {
        const focused = old.contains(document.activeElement) && document.activeElement?.getAttribute("data-testid");
        old.replaceWith(view);
        if (focused) /** @type {HTMLElement | null} */ (view.querySelector(`[data-testid=${focused}]`))?.focus();
      } else {
        log.append(view);
      }
      this.#drawn.set(m.id, as);
    }
    if (following) requestAnimationFrame(() => log.scrollTo(0, log.scrollHeight));
    this.#showTyping();
  }

  #showTyping() {
    const typing = this.#thread?.typingUntil !== undefined && Date.parse(this.#thread.typingUntil) > Date.now();
    const text = typing ? t("thread.typing") : "";
    if (element("typing").textContent !== text) element("typing").textContent = text;
  }

  /** Whoever has the thread before them has read it. */
  #read() {
    const thread = this.#thread;
    if (!thread || !this.#inbox?.can.reads || document.hidden || location.hash !== "#messages") return;
    const news = thread.messages.some((m) => m.from === "business" && (m.state === "delivered" || m.state === "sent"));
    if (news) doInThread(thread.id, "read").catch(() => {}); // the next message tries again
  }

  /**
   * @param {string} action
   * @param {Message} m
   * @param {string} [value]
   */
  async #act(action, m, value) {
    if (!this.#thread) return;
    if (action === "reply" || action === "edit") {
      this.#setAbout({ action, message: m });
      return;
    }
    const body = action === "react" ? { message: m.id, emoji: value } : { message: m.id };
    const answer = await doInThread(this.#thread.id, /** @type {"unsend"} */ (action), body);
    if (action === "repeat") element("thread-note").textContent = t("message.repeated", { status: answer.status });
  }

  /** @param {{action: "reply"|"edit", message: Message} | undefined} about */
  #setAbout(about) {
    this.#about = about;
    element("about").hidden = !about;
    element("about-text").textContent = about ? `${t(about.action === "reply" ? "message.reply" : "message.edit")} · ${gist(about.message)}` : "";
    const text = /** @type {HTMLTextAreaElement} */ (element("text"));
    if (about?.action === "edit") text.value = about.message.text ?? "";
    if (about) text.focus();
  }

  async #send() {
    const thread = this.#thread;
    if (!thread) return;
    const text = /** @type {HTMLTextAreaElement} */ (element("text"));
    const words = text.value.trim();
    const about = this.#about;
    if (about?.action === "edit") {
      await doInThread(thread.id, "edit", { message: about.message.id, text: words });
    } else {
      const chosen = [...(input("files").files ?? [])];
      if (!words && chosen.length === 0) return;
      const files = await Promise.all(chosen.map(addFile));
      const ageSeconds = this.#inbox?.can.aged ? Number(input("age").value) : 0;
      const body = { text: words, files: files.map(({ id }) => id), replyTo: about?.message.id ?? "", ageSeconds };
      // What is written is shown at once; the answer of the centre comes when it comes.
      text.value = "";
      input("files").value = "";
      this.#showFiles();
      this.#setAbout(undefined);
      await doInThread(thread.id, "write", body);
      return;
    }
    text.value = "";
    this.#setAbout(undefined);
  }

  /** @param {string} kind */
  async #extra(kind) {
    const thread = this.#thread;
    if (!thread) return;
    const text = /** @type {HTMLTextAreaElement} */ (element("text"));
    const words = text.value.trim();
    if (kind === "location") {
      await doInThread(thread.id, "write", { location: { latitude: 48.8566, longitude: 2.3522, label: "Paris" } });
    } else if (kind === "unsupported") {
      await doInThread(thread.id, "write", { unsupported: true });
    } else if (kind === "postback") {
      await doInThread(thread.id, "write", { text: words || t("thread.button"), payload: "BUTTON" });
      text.value = "";
    } else if (words) {
      await doInThread(thread.id, "elsewhere", { text: words });
      text.value = "";
    } else {
      text.focus();
    }
  }

  #showFiles() {
    const list = element("chosen-files");
    list.replaceChildren(...[...(input("files").files ?? [])].map((file) => part("li", "", file.name)));
  }

  /** @param {() => Promise<unknown>} f */
  async #try(f) {
    try {
      element("thread-problem").textContent = "";
      element("thread-note").textContent = "";
      await f();
    } catch (error) {
      element("thread-problem").textContent = problemOf(error);
    }
  }
}
