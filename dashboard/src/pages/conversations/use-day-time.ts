import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../../i18n/format';
import { localeOf } from '../../i18n/locale';

/** Writes a moment shortly: the time if it is today, else the day. */
export function useDayTime(): (iso: string) => string {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const day = new Intl.DateTimeFormat(localeOf(i18n.language), { day: 'numeric', month: 'short' });
    return (iso) => {
      const date = new Date(iso);
      return date.toDateString() === new Date().toDateString() ? formatTime(iso, i18n.language) : day.format(date);
    };
  }, [i18n.language]);
}

/** Names a day as people do: today, yesterday, or by its date. `today` is as toDateString writes it. */
export function useDayName(): (iso: string, today: string) => string {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const full = new Intl.DateTimeFormat(localeOf(i18n.language), {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
    });
    return (iso, today) => {
      const date = new Date(iso);
      if (date.toDateString() === today) return t('thread.today');
      const yesterday = new Date(today);
      yesterday.setDate(yesterday.getDate() - 1);
      return date.toDateString() === yesterday.toDateString() ? t('thread.yesterday') : full.format(date);
    };
  }, [t, i18n.language]);
}
