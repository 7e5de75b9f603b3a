import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { localeOf } from './locale';

/** Writes a day and a time of it. */
export function useMoment(): (iso: string) => string {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(localeOf(i18n.language), { dateStyle: 'medium', timeStyle: 'short' });
    return (iso) => format.format(new Date(iso));
  }, [i18n.language]);
}
