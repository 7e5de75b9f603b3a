import type { FileView } from '../api';
import type { Speaker } from '../texts';
import { el } from './dom';
import { icon } from './icons';

const SHOWN = /^image\/(jpeg|png|gif|webp)$/;

/** Finds the address of a file; it is good for minutes. */
export type FindUrl = (file: string) => Promise<string>;

/** A file of a message: a picture is shown, all else is a button that opens it. Neither is ever run. */
export function fileView(
  file: FileView,
  speaker: Speaker,
  find: FindUrl | undefined,
  onError: () => void,
): HTMLElement {
  const name = file.name || speaker.say('unnamedFile');
  if (file.state === 'refused')
    return el('div', { class: 'file' }, icon('file'), `${name} – ${speaker.say('fileRefused')}`);
  if (!find) return el('div', { class: 'file' }, icon('file'), name);
  const open = () => {
    find(file.id).then(openUrl, onError);
  };
  const size = file.bytes ? ` (${speaker.size(file.bytes)})` : '';
  const button = el(
    'button',
    { class: 'file', attrs: { type: 'button' }, on: { click: open } },
    icon('file'),
    name + size,
  );
  if (file.state === 'stored' && SHOWN.test(file.type ?? '')) showPicture(button, file, name, speaker, find);
  return button;
}

/** The button becomes the picture once that is here; a page whose policy refuses it keeps the button. */
function showPicture(button: HTMLButtonElement, file: FileView, name: string, speaker: Speaker, find: FindUrl): void {
  const image = el('img', { attrs: { alt: speaker.say('imageFrom', { name }) } });
  image.addEventListener('load', () => {
    button.className = 'picture';
    button.replaceChildren(image);
  });
  find(file.id).then(
    (url) => {
      image.src = url;
    },
    () => {},
  );
}

function openUrl(url: string): void {
  el('a', { attrs: { href: url, target: '_blank', rel: 'noopener noreferrer' } }).click();
}
