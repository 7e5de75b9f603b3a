// @ts-check
import { language, t } from "./i18n.js";
import { addressOf } from "./messages-api.js";

/**
 * @typedef {import("./messages-api.js").Message} Message
 * @typedef {import("./messages-api.js").Thread} Thread
 * @typedef {import("./messages-api.js").Inbox} Inbox
 * @typedef {(action: string, message: Message, value?: string) => void} OnAction
 */

export const EMOJI = ["❤️", "👍", "😆", "😮", "😢", "😠"];
/** What a thread remembers of a message that another one answers, in characters. */
const QUOTED = 60;

/**
 * @param {string} tag
 * @param {string} className
 * @param {string} [text]
 */
export function part(tag, className, text) {
  const e = document.createElement(tag);
  e.className = className;
  if (text !== undefined) e.textContent = text;
  return e;
}

/** What a message says, in a few words. @param {Message} m */
export function gist(m) {
  if (m.deleted) return t("message.deleted");
  if (m.unsupported) return t("message.unsupported");
  if (m.text) return m.text;
  if (m.files?.length) return m.files[0].name || t("message.file");
  return m.location ? t("message.location") : "";
}

/** How far a message is, in words: customers see it as ticks. @param {Thread} thread @param {Message} m */
export function stateOf(thread, m) {
  if (m.from === "provider") return t("message.automatic");
  if (m.from === "business") return m.code ? t("message.notArrived", { code: m.code }) : t(`state.${m.state}`);
  if (m.state === "delivered" && thread.seenAt && thread.seenAt >= m.at) return t("state.seen");
  return t(`state.customer.${m.state}`);
}

/** @param {Thread} thread @param {Message} m */
function ticks(thread, m) {
  if (m.from !== "customer") return "";
  if (m.state === "failed") return "!";
  if (m.state !== "delivered") return "…";
  return thread.seenAt && thread.seenAt >= m.at ? "✓✓" : "✓";
}

/** @param {import("./messages-api.js").FileRef} file */
function fileView(file) {
  const link = /** @type {HTMLAnchorElement} */ (part("a", "attached"));
  link.href = addressOf(file);
  link.target = "_blank";
  link.rel = "noreferrer";
  const name = file.name || t("message.file");
  if (file.type.startsWith("image/")) {
    const image = document.createElement("img");
    image.src = addressOf(file);
    image.alt = name;
    image.loading = "lazy";
    link.append(image);
  } else {
    link.textContent = name;
  }
  return link;
}

/**
 * @param {Thread} thread
 * @param {Message} m
 */
function bubble(thread, m) {
  const box = part("div", "bubble");
  const quoted = m.replyTo && thread.messages.find(({ id }) => id === m.replyTo);
  if (quoted) box.append(part("blockquote", "quoted", gist(quoted).slice(0, QUOTED)));
  if (m.deleted || m.unsupported) {
    box.append(part("p", "quiet", gist(m)));
    return box;
  }
  for (const file of m.files ?? []) box.append(fileView(file));
  if (m.location) box.append(part("p", "", [m.location.label ?? t("message.location"), m.location.latitude, m.location.longitude].join(" · ")));
  if (m.text) box.append(part("p", "", m.payload ? `▸ ${m.text}` : m.text));
  if (m.reaction) box.append(part("span", "reaction", m.reaction));
  return box;
}

/**
 * @param {Message} m
 * @param {Inbox} inbox
 * @param {OnAction} onAction
 */
function actions(m, inbox, onAction) {
  const box = part("div", "acts");
  const add = (/** @type {string} */ action, /** @type {string} */ label) => {
    const button = /** @type {HTMLButtonElement} */ (part("button", "act", label));
    button.type = "button";
    button.dataset.testid = `message-${action}`;
    button.addEventListener("click", () => onAction(action, m));
    box.append(button);
  };
  if (!m.deleted && m.from !== "provider") {
    if (inbox.can.reactions) box.append(reactions(m, onAction));
    if (inbox.can.replies) add("reply", t("message.reply"));
    if (m.from === "customer" && inbox.can.edits && m.text && !m.payload) add("edit", t("message.edit"));
    if (m.from === "customer" && inbox.can.unsend) add("unsend", t("message.unsend"));
  }
  if (m.from === "customer") add("repeat", t("message.repeat"));
  return box;
}

/**
 * @param {Message} m
 * @param {OnAction} onAction
 */
function reactions(m, onAction) {
  const select = /** @type {HTMLSelectElement} */ (part("select", "act"));
  select.setAttribute("aria-label", t("message.react"));
  select.dataset.testid = "message-react";
  select.add(new Option(m.reaction ? t("message.noReaction") : t("message.react"), ""));
  for (const emoji of EMOJI) select.add(new Option(emoji, emoji));
  select.value = m.reaction ?? "";
  select.addEventListener("change", () => onAction("react", m, select.value));
  return select;
}

/**
 * One message as the customer sees it, with what they can do with it.
 * @param {Thread} thread
 * @param {Message} m
 * @param {Inbox} inbox
 * @param {OnAction} onAction
 */
export function messageView(thread, m, inbox, onAction) {
  const item = part("div", `entry ${m.from}`);
  item.dataset.id = m.id;
  item.dataset.state = m.state;
  item.dataset.testid = "thread-message";
  if (m.code) item.classList.add("lost");
  item.append(bubble(thread, m));
  const foot = part("p", "foot");
  const time = document.createElement("time");
  time.dateTime = m.at;
  time.textContent = new Date(m.at).toLocaleString(language(), timeFormat(m.at));
  foot.append(time);
  if (m.edits) foot.append(part("span", "", t("message.edited")));
  if (m.elsewhere) foot.append(part("span", "", t("message.elsewhere")));
  const tick = part("span", "tick", ticks(thread, m));
  tick.setAttribute("aria-hidden", "true");
  const state = part("span", "", stateOf(thread, m));
  state.dataset.testid = "message-state";
  foot.append(tick, state);
  item.append(foot, actions(m, inbox, onAction));
  return item;
}

/** @param {string} at @returns {Intl.DateTimeFormatOptions} */
function timeFormat(at) {
  const today = new Date(at).toDateString() === new Date().toDateString();
  return today ? { hour: "2-digit", minute: "2-digit" } : { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
}
