import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

interface ClockTime {
  /** The time of day, as in 10:42. */
  time: (at: string) => string;
  /** The same on another day, as in Fri 10:42. */
  dayAndTime: (at: string) => string;
}

/** Writes moments by the centre's clock, whatever the browser's is. */
export function useClockTime(timeZone: string): ClockTime {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const time = { hour: 'numeric', minute: '2-digit', timeZone } as const;
    const short = new Intl.DateTimeFormat(i18n.language, time);
    const long = new Intl.DateTimeFormat(i18n.language, { ...time, weekday: 'short' });
    return { time: (at) => short.format(new Date(at)), dayAndTime: (at) => long.format(new Date(at)) };
  }, [i18n.language, timeZone]);
}
