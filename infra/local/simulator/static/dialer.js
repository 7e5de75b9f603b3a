// @ts-check
import { placeCall } from "./api.js";
import { problemOf } from "./call-card.js";
import { t } from "./i18n.js";
import { openMicrophone } from "./microphone.js";
import { wakeSound } from "./sound.js";

const input = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (document.getElementById(id));
const KEPT = "simulator.caller";

/** The form that places calls; it remembers who called last. */
export class Dialer {
  #form = /** @type {HTMLFormElement} */ (document.getElementById("dialer"));
  #busy = false;
  /** @type {import("./api.js").PhoneNumber[]} */
  #numbers = [];

  /** @param {(call: import("./api.js").Call) => void} onPlaced */
  constructor(onPlaced) {
    this.#restore();
    this.#form.addEventListener("input", () => this.#show());
    this.#form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (!this.#busy) await this.#place(onPlaced);
    });
    this.#show();
  }

  /** What calls are placed and answered with. @returns {import("./api.js").Voice} */
  voice() {
    const source = String(new FormData(this.#form).get("source"));
    return { source, toneHz: Number(input("tone").value) };
  }

  /** @param {import("./api.js").PhoneNumber[]} numbers */
  setNumbers(numbers) {
    this.#numbers = numbers;
    this.relabel();
  }

  relabel() {
    const select = /** @type {HTMLSelectElement} */ (document.getElementById("to"));
    const chosen = select.value;
    select.replaceChildren(...this.#numbers.map(({ number, shown, label }) => new Option(label ? `${label} · ${shown}` : shown, number)));
    if (this.#numbers.length === 0) select.add(new Option(t("dial.noNumbers"), ""));
    else if (chosen) select.value = chosen;
  }

  /** @param {(call: import("./api.js").Call) => void} onPlaced */
  async #place(onPlaced) {
    this.#setBusy(true);
    try {
      this.#problem("");
      localStorage.setItem(KEPT, JSON.stringify({ from: input("from").value, name: input("name").value, ...this.voice() }));
      await wakeSound();
      if (this.voice().source === "microphone") await openMicrophone();
      onPlaced(await placeCall({ to: input("to").value, from: input("from").value, name: input("name").value, ...this.voice() }));
    } catch (error) {
      this.#problem(problemOf(error));
      const wrong = /** @type {{reason?: string}} */ (error).reason === "from";
      input("from").setAttribute("aria-invalid", String(wrong));
      if (wrong) input("from").focus();
    } finally {
      this.#setBusy(false);
    }
  }

  /** @param {boolean} busy */
  #setBusy(busy) {
    this.#busy = busy;
    input("call").setAttribute("aria-disabled", String(busy));
  }

  /** @param {string} text */
  #problem(text) {
    input("problem").textContent = text;
    if (!text) input("from").removeAttribute("aria-invalid");
  }

  #show() {
    const { source, toneHz } = this.voice();
    input("tone-field").hidden = source !== "tone";
    input("tone-output").textContent = `${toneHz} Hz`;
  }

  #restore() {
    /** @type {{from?: string, name?: string, source?: string, toneHz?: number}} */
    const last = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    // 06 39 98 is what France keeps for fiction, so that nobody real is called.
    input("from").value = last.from ?? `+336399800${String(Math.floor(Math.random() * 90) + 10)}`;
    input("name").value = last.name ?? "";
    if (last.toneHz) input("tone").value = String(last.toneHz);
    const radio = this.#form.querySelector(`[name=source][value="${last.source === "microphone" ? "microphone" : "tone"}"]`);
    /** @type {HTMLInputElement} */ (radio).checked = true;
  }
}
