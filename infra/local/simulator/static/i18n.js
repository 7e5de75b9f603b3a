// @ts-check
// The page's sentences, in both languages.

/** @type {Record<string, Record<string, string>>} */
const messages = {};
const LANGUAGES = ["en", "fr"];
let current = "en";

/** Loads both languages and picks one: the last chosen, or the one that the server found in Accept-Language. */
export async function loadMessages() {
  await Promise.all(LANGUAGES.map(async (language) => {
    messages[language] = await (await fetch(`/simulator/static/messages.${language}.json`)).json();
  }));
  setLanguage(localStorage.getItem("simulator.language") ?? document.documentElement.lang);
}

/** @param {string} language */
export function setLanguage(language) {
  current = LANGUAGES.includes(language) ? language : "en";
  document.documentElement.lang = current;
}

export const language = () => current;

/**
 * @param {string} key
 * @param {Record<string, string|number|undefined>} [values]
 */
export function t(key, values = {}) {
  const text = messages[current][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** @param {string} key */
export const has = (key) => key in messages[current];

/** Fills the elements that name their sentence. @param {ParentNode} root */
export function translate(root) {
  for (const e of root.querySelectorAll("[data-i18n]")) e.textContent = t(e.getAttribute("data-i18n") ?? "");
  for (const e of root.querySelectorAll("[data-i18n-label]")) e.setAttribute("aria-label", t(e.getAttribute("data-i18n-label") ?? ""));
  for (const e of root.querySelectorAll("[data-i18n-placeholder]")) e.setAttribute("placeholder", t(e.getAttribute("data-i18n-placeholder") ?? ""));
}
