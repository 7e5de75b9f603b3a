// @ts-check
import { has, language, t } from "./i18n.js";

/** @typedef {import("./api.js").Line} Line */

/** @param {Line} line */
function sentence(line) {
  if (line.kind === "say" || line.kind === "digits") return line.text ?? "";
  if (line.kind === "status") {
    const precise = `line.${line.text}.${line.by}`;
    return t(has(precise) ? precise : `line.${line.text}`);
  }
  const precise = `line.${line.kind}.${line.text}`;
  if (has(precise)) return t(precise);
  const text = line.kind === "play" ? line.text?.split("/").at(-1) : line.text;
  return t(`line.${line.kind}`, { text, code: line.code });
}

/** @param {string} at */
export const clock = (at) => new Date(at).toLocaleTimeString(language(), { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** @param {Line} line */
function item(line) {
  const p = document.createElement("p");
  const bubble = ["say", "digits", "error", "warning"].includes(line.kind);
  p.className = bubble ? line.kind : "note";
  p.dataset.kind = line.kind;
  if (line.kind === "play") p.title = line.text ?? "";
  const text = document.createElement("span");
  text.textContent = sentence(line);
  if (line.kind === "say" && line.language) text.lang = line.language;
  p.append(text);
  if (line.kind === "say") {
    const time = document.createElement("time");
    time.dateTime = line.at;
    time.textContent = clock(line.at);
    p.append(time);
  }
  return p;
}

/**
 * Shows a transcript, adding only what is new, and follows its end unless the reader has scrolled up.
 * @param {HTMLElement} list
 * @param {Line[]} lines
 * @param {boolean} afresh
 */
export function showTranscript(list, lines, afresh) {
  const following = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  const first = lines[0]?.at ?? "";
  if (afresh || list.dataset.first !== first) list.replaceChildren();
  list.dataset.first = first;
  list.append(...lines.slice(list.childElementCount).map(item));
  if (following) requestAnimationFrame(() => list.scrollTo(0, list.scrollHeight));
}
