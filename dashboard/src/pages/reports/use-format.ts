import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Report, ReportRow } from '../../api/reports-api';
import { channelName } from '../../chat/channel-bubble';
import { formatDay, formatTimeIn } from '../../i18n/days';
import { formatCount, formatDuration, formatPercent } from '../../i18n/format';
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
          return formatPercent(value, i18n.language, 1);
        case 'number':
          return formatCount(value, i18n.language);
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

/** Channels are named by the desk, the others by the report. */
export function useNameOf(group: Report['group']): (row: Pick<ReportRow, 'id' | 'name'>) => string {
  const { t } = useTranslation();
  return useCallback(
    ({ id, name }) => {
      if (group !== 'channel') return name;
      return id === 'voice' ? t('reports.voice') : channelName(t, id);
    },
    [t, group],
  );
}
