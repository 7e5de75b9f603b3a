/** The page that a meeting's link opens: without an account, and in every way small. */
import './meet.css';
import { h } from './dom';
import { parseLink } from './link';
import { openLobby } from './lobby';
import { LocalMedia } from './local-media';
import { openMeeting } from './meeting';
import type { Refusal } from './protocol';
import { languageOf, type Translate, translator } from './texts';

const language = languageOf(navigator.languages);
const t = translator(language);
document.documentElement.lang = language;
document.title = `${t('title')} · Guichet`;

/** Says why there is no meeting, and resolves when the person wants to try again, if that may help. */
function openEnd(root: HTMLElement, why: Refusal | 'left' | 'unsupported', t: Translate): Promise<void> {
  const heading = h('h1', { tabindex: '-1' }, t('title'));
  const again = h('button', { type: 'button', class: 'primary' }, t('again'));
  const main = h('main', { class: 'end' }, heading, h('p', {}, t(why)));
  if (why === 'left' || why === 'full') main.append(again);
  root.replaceChildren(main);
  heading.focus();
  return new Promise((resolve) => {
    again.onclick = () => resolve();
  });
}

async function run(root: HTMLElement): Promise<void> {
  const link = parseLink(location.hash);
  if (!link) return openEnd(root, 'invalid', t);
  if (!navigator.mediaDevices?.getUserMedia || !('RTCPeerConnection' in window)) return openEnd(root, 'unsupported', t);
  for (let name = link.name; ; ) {
    const local = new LocalMedia();
    const arrival = await openLobby(root, link, name, local, t);
    name = arrival.name;
    const why = await openMeeting(root, link, arrival, local, t);
    local.stop();
    await openEnd(root, why, t);
  }
}

addEventListener('hashchange', () => location.reload()); // another link
const root = document.getElementById('meet');
if (root) void run(root);
