import { localeOf } from '../../src/i18n/locale';
import en from './texts/en.json';
import fr from './texts/fr.json';

export type Language = 'en' | 'fr';
export type TextKey = keyof typeof en;

const texts: Record<Language, Record<TextKey, string>> = { en, fr };

/** The first language that we speak: what the site says, then what its page is in, then what the browser likes. */
export function chooseLanguage(wishes: readonly (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const language = wish?.toLowerCase().split('-')[0];
    if (language === 'en' || language === 'fr') return language;
  }
  return 'en';
}

/** Says something in one language; {names} in a text are filled in. */
export class Speaker {
  /** In which dates and numbers are written. */
  private readonly locale: string;

  constructor(readonly language: Language) {
    this.locale = localeOf(language);
  }

  say(key: TextKey, values: Record<string, string | number> = {}): string {
    return texts[this.language][key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
  }

  time(at: Date): string {
    return at.toLocaleTimeString(this.locale, { hour: '2-digit', minute: '2-digit' });
  }

  day(at: Date, now = new Date()): string {
    const days = Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000);
    if (days === 0) return this.say('today');
    if (days === 1) return this.say('yesterday');
    return at.toLocaleDateString(this.locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  }

  size(bytes: number): string {
    const units = ['byte', 'kilobyte', 'megabyte'] as const;
    const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
    const format = { style: 'unit', unit: units[power], unitDisplay: 'short', maximumFractionDigits: 1 } as const;
    return new Intl.NumberFormat(this.locale, format as Intl.NumberFormatOptions).format(bytes / 1000 ** power);
  }
}

function startOfDay(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}
