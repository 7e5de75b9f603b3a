import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTimeIn } from '../../i18n/days';

interface ClockTime {
  /** The time of day, as in 10:42. */
  time: (at: string) => string;
  /** The same on another day, as in Fri 10:42. */
  dayAndTime: (at: string) => string;
}

/** Writes moments by the centre's clock, whatever the browser's is. */
export function useClockTime(timeZone: string): ClockTime {
  const { i18n } = useTranslation();
  return useMemo(
    () => ({
      time: (at) => formatTimeIn(timeZone, at, i18n.language),
      dayAndTime: (at) => formatTimeIn(timeZone, at, i18n.language, 'short'),
    }),
    [i18n.language, timeZone],
  );
}
