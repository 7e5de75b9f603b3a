import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Preferences, preferences } from '../settings/preferences';
import type en from './en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
    returnNull: false;
  }
}

type Language = Preferences['language'];

/** A page speaks one language at a time: the texts of others are not loaded before it does. */
const texts: Readonly<Record<Language, () => Promise<{ default: object }>>> = {
  en: () => import('./en.json'),
  fr: () => import('./fr.json'),
};

/** Milliseconds until texts that could not be loaded are asked for again. */
const PAUSE = 1_000;

export const i18n = createInstance();

/** Speaks the preferred language from now on, in the page's own language attribute too. */
export async function openTranslations(): Promise<void> {
  const { language } = preferences.get();
  await i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: { translation: await load(language) } },
    interpolation: { escapeValue: false }, // React escapes
    showSupportNotice: false,
  });
  document.documentElement.lang = language;
  preferences.subscribe(() => void follow());
}

async function load(language: Language): Promise<object> {
  const first = texts[language]().catch(async () => {
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    return texts[language]();
  });
  return (await first).default;
}

async function follow(): Promise<void> {
  const { language } = preferences.get();
  if (i18n.language === language) return;
  if (!i18n.hasResourceBundle(language, 'translation')) {
    i18n.addResourceBundle(language, 'translation', await load(language));
  }
  if (preferences.get().language !== language) return; // changed again meanwhile
  await i18n.changeLanguage(language);
  document.documentElement.lang = language;
}
