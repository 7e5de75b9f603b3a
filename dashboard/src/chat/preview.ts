import type { TFunction } from 'i18next';
import type { Chat } from '../api/chat-model';
import en from '../i18n/en.json';

type Word = Exclude<keyof typeof en.preview, 'you'>;

const isWord = (word: string): word is Word => word in en.preview && word !== 'you';

/** The beginning of the last message, or what it carries; the server names that by a word after #. */
export function previewText(t: TFunction, { preview = '', previewFrom }: Chat): string {
  const word = preview.startsWith('#') ? preview.slice(1) : '';
  const text = isWord(word) ? t(`preview.${word}`) : preview;
  return text && previewFrom === 'agent' ? t('preview.you', { text }) : text;
}
