import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { languages } from '../i18n/languages';
import { preferences, usePreferences } from '../settings/preferences';
import { Logo } from './logo';

/** The frame of pages that need nobody signed in: one card, and the choice of language. */
export function FrontDoor({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return (
    <div className="front-door">
      <header>
        <Logo size={36} />
        <span>{t('app.name')}</span>
      </header>
      <main>{children}</main>
      <footer>
        <nav aria-label={t('nav.language')}>
          {languages.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              lang={id}
              aria-pressed={id === language}
              onClick={() => preferences.set({ language: id })}
            >
              {name}
            </button>
          ))}
        </nav>
      </footer>
    </div>
  );
}
