import { I18nProvider, type I18nProviderProps } from '@cloudscape-design/components/i18n';
import { type ReactNode, useEffect, useState } from 'react';
import { usePreferences } from '../settings/preferences';

type Messages = I18nProviderProps['messages'];

const load = {
  en: () => import('@cloudscape-design/components/i18n/messages/all.en'),
  fr: () => import('@cloudscape-design/components/i18n/messages/all.fr'),
};

/** Cloudscape's own words (menus, tables, dialogs) in the language of ours. */
export function ComponentStrings({ children }: { children: ReactNode }) {
  const { language } = usePreferences();
  const [messages, setMessages] = useState<Messages>([]);
  useEffect(() => {
    let current = true;
    void load[language]().then((module) => {
      if (current) setMessages([module.default]);
    });
    return () => {
      current = false;
    };
  }, [language]);
  return (
    <I18nProvider locale={language} messages={messages}>
      {children}
    </I18nProvider>
  );
}
