import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useTranslation } from 'react-i18next';
import type { ActivityOfWeek, CallCount } from '../../api/activity-api';
import { formatDay } from '../../i18n/days';
import { formatCount, formatDuration } from '../../i18n/format';
import { callTypes } from './calls';
import { DayLink } from './day-link';
import { rowsOf, type WeekRow } from './week';

/** The same as the chart, with times and totals. */
export function WeekTable({ week, name }: { week: ActivityOfWeek; name: string }) {
  return (
    <Table
      items={rowsOf(week)}
      columnDefinitions={useColumns()}
      variant="borderless"
      trackBy={({ date, total }) => `${date} ${total}`}
      wrapLines
      ariaLabels={{ tableLabel: name }}
    />
  );
}

function useColumns(): TableProps.ColumnDefinition<WeekRow>[] {
  const { t, i18n } = useTranslation();
  return [
    {
      id: 'day',
      header: t('productivity.dayAxis'),
      isRowHeader: true,
      minWidth: 120,
      cell: (row) =>
        row.total ? (
          <b>{t('figures.total')}</b>
        ) : (
          <DayLink day={row.date}>{formatDay(row.date, i18n.language, 'axis')}</DayLink>
        ),
    },
    ...callTypes.map((type) => ({
      id: type,
      header: t(`productivity.${type}`),
      minWidth: 150,
      cell: (row: WeekRow) => <Count count={row[type]} total={row.total} />,
    })),
  ];
}

function Count({ count, total }: { count: CallCount; total: boolean }) {
  const { t, i18n } = useTranslation();
  const calls = formatCount(count.calls, i18n.language);
  if (count.calls === 0) return <span className="quiet">{calls}</span>;
  const { talkSeconds, handleSeconds, averageHandleSeconds = 0 } = count;
  const times: [string, number][] = [
    [t('productivity.figure.talk'), talkSeconds],
    [t('productivity.figure.handle'), handleSeconds],
    [t('productivity.figure.averageHandle'), averageHandleSeconds],
  ];
  return (
    <div className="activity-count">
      {total ? <b>{calls}</b> : <span>{calls}</span>}
      <dl className="activity-times">
        {times.map(([name, seconds]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{formatDuration(Math.round(seconds))}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
