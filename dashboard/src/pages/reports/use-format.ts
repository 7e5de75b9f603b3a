import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportRow } from '../../api/reports-api';
import { formatDay, formatNumber, formatPercent, formatTimeIn } from '../../i18n/days';
import { formatDuration } from '../../i18n/format';
import { type FigureName, unitOf } from './report-figures';
import type { Step } from './report-period';

/** Writes a figure in its unit, as the language does. */
export function useFigureFormat(): (figure: FigureName, value: number) => string {
  const { i18n } = useTranslation();
  return useCallback(
    (figure, value) => {
      switch (unitOf(figure)) {
        case 'time':
          return formatDuration(Math.round(value));
        case 'percent':
          return formatPercent(value, i18n.language);
        case 'number':
          return formatNumber(value, i18n.language);
      }
    },
    [i18n.language],
  );
}

/** Names the time that a row is of. */
export function useTimeOf(by: Step, zone: string): (row: Pick<ReportRow, 'date' | 'from'>) => string {
  const { t, i18n } = useTranslation();
  return useCallback(
    ({ date, from }) => {
      if (by === 'month') return formatDay(date, i18n.language, 'month');
      const day = formatDay(date, i18n.language, 'dated');
      return by === 'hour' ? t('reports.hour', { day, time: formatTimeIn(zone, from, i18n.language) }) : day;
    },
    [by, zone, t, i18n.language],
  );
}
