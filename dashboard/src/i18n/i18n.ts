import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { preferences } from '../settings/preferences';
import en from './en.json';
import fr from './fr.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
    returnNull: false;
  }
}

/** Follows the language preference, in the page's own language attribute too. */
export const i18n = createInstance();

void i18n.use(initReactI18next).init({
  lng: preferences.get().language,
  fallbackLng: 'en',
  resources: { en: { translation: en }, fr: { translation: fr } },
  interpolation: { escapeValue: false }, // React escapes
  initAsync: false,
  showSupportNotice: false,
});

function follow(): void {
  const { language } = preferences.get();
  document.documentElement.lang = language;
  if (i18n.language !== language) void i18n.changeLanguage(language);
}

follow();
preferences.subscribe(follow);
