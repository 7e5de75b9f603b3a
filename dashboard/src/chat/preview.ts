import type { TFunction } from 'i18next';
import type { Chat } from '../api/chat-model';
import { wordText } from '../i18n/word';

/** The beginning of the last message, or what it carries; the server names that by a word after #. */
export function previewText(t: TFunction, { preview = '', previewFrom }: Chat): string {
  const word = preview.startsWith('#') ? preview.slice(1) : '';
  const text = word && word !== 'you' ? wordText(t, `preview.${word}`, preview) : preview;
  return text && previewFrom === 'agent' ? t('preview.you', { text }) : text;
}
