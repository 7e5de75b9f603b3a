// @ts-check
import { setPhone } from "./api.js";
import { problemOf } from "./call-card.js";
import { t } from "./i18n.js";

/** @typedef {import("./api.js").Phone} Phone */

const input = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (document.getElementById(id));

/** What telephones do by themselves when the centre calls them. */
export class PhoneList {
  /** @type {Phone[]} */
  #phones = [];

  constructor() {
    input("phone").addEventListener("submit", async (event) => {
      event.preventDefault();
      const does = /** @type {Phone["does"]} */ (input("phone-does").value);
      await this.#set({ number: input("phone-number").value, does });
    });
  }

  /** @param {Phone[]} phones all that do not just ring */
  update(phones) {
    this.#phones = phones;
    this.#show();
  }

  relabel() {
    this.#say("", ""); // they are in the other language
    this.#show();
  }

  #show() {
    const list = input("phone-list");
    list.hidden = this.#phones.length === 0;
    list.replaceChildren(...this.#phones.map((phone) => this.#item(phone)));
  }

  /** @param {Phone} phone */
  #item(phone) {
    const item = document.createElement("li");
    item.dataset.number = phone.number;
    item.dataset.does = phone.does;
    const text = document.createElement("span");
    text.textContent = `${phone.shown} · ${t(`does.${phone.does}`)}`;
    const forget = document.createElement("button");
    forget.type = "button";
    forget.className = "button";
    forget.dataset.testid = "phone-forget";
    forget.textContent = t("phones.forget");
    forget.setAttribute("aria-label", t("phones.forgetNumber", { number: phone.shown }));
    forget.addEventListener("click", async () => {
      await this.#set({ number: phone.number, does: "ring" });
      input("phone-number").focus(); // the button that had the focus is gone
    });
    item.append(text, forget);
    return item;
  }

  /** @param {{number: string, does: Phone["does"]}} phone */
  async #set(phone) {
    const number = input("phone-number");
    try {
      this.#say("", "");
      this.update((await setPhone(phone)).phones);
      number.removeAttribute("aria-invalid");
      this.#say("", t("phones.saved", { number: phone.number, does: t(`does.${phone.does}`) }));
    } catch (error) {
      this.#say(problemOf(error), "");
      if (/** @type {{reason?: string}} */ (error).reason !== "phone") return;
      number.setAttribute("aria-invalid", "true");
      number.focus();
    }
  }

  /**
   * @param {string} problem
   * @param {string} note
   */
  #say(problem, note) {
    input("phone-problem").textContent = problem;
    input("phone-note").textContent = note;
  }
}
