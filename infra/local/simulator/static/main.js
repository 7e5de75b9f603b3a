// @ts-check
import { getState, watch } from "./api.js";
import { CallList } from "./call-list.js";
import { Dialer } from "./dialer.js";
import { language, loadMessages, setLanguage, t, translate } from "./i18n.js";
import { PhoneList } from "./phone-list.js";
import { audio, onSound, wakeSound } from "./sound.js";
import { enableSpeech } from "./speech.js";
import { ThreadList } from "./thread-list.js";

const element = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

let link = "connecting";

/** @param {string} state */
function showLink(state) {
  link = state;
  element("link").dataset.state = state;
  element("link-text").textContent = t(`link.${state}`);
}

function relabel() {
  translate(document);
  showLink(link);
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.getAttribute("data-language") === language()));
  }
}

/** Browsers start with the sound off: say so only while there is something to hear. */
function followSound() {
  let running = false;
  const show = () => {
    element("sound-off").hidden = running || !element("live").hasChildNodes();
  };
  onSound((now) => {
    running = now;
    show();
  });
  element("sound-on").addEventListener("click", wakeSound);
  new MutationObserver(show).observe(element("live"), { childList: true });
}

function followSpeech() {
  const box = /** @type {HTMLInputElement} */ (element("speech"));
  box.checked = localStorage.getItem("simulator.speech") !== "off";
  const apply = () => {
    localStorage.setItem("simulator.speech", box.checked ? "on" : "off");
    enableSpeech(box.checked);
  };
  box.addEventListener("change", apply);
  apply();
}

/** Shows the part of the page that its address names: the telephone, or the messages. */
function followParts() {
  const show = () => {
    const part = location.hash === "#messages" ? "messages" : "telephone";
    for (const name of ["telephone", "messages"]) element(name).hidden = name !== part;
    for (const link of document.querySelectorAll("[data-part]")) {
      if (link.getAttribute("data-part") === part) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    element("skip").hidden = part !== "telephone";
  };
  window.addEventListener("hashchange", show);
  show();
}

/** @param {{relabel: () => void}[]} parts */
function followLanguage(...parts) {
  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => {
      setLanguage(button.getAttribute("data-language") ?? "en");
      localStorage.setItem("simulator.language", language());
      relabel();
      for (const part of parts) part.relabel();
    });
  }
}

async function start() {
  await loadMessages();
  /** @type {Dialer} */
  const dialer = new Dialer((call) => {
    if (!calls.knows(call.sid)) calls.update([call]); // the answer may come after newer events
    calls.focus(call.sid);
  });
  const calls = new CallList(() => dialer.voice());
  const threads = new ThreadList();
  const phones = new PhoneList();
  relabel();
  followParts();
  followSound();
  followSpeech();
  followLanguage(dialer, calls, threads, phones);
  audio();
  watch((news) => {
    calls.update(news.calls, news.all);
    threads.update(news.threads, news.all);
    if (news.phones) phones.update(news.phones);
  }, async (state) => {
    showLink(state);
    if (state !== "open") return;
    dialer.setNumbers((await getState()).numbers);
    await threads.load();
  });
}

start();
