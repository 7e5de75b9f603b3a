import BarChart from '@cloudscape-design/components/bar-chart';
import Box from '@cloudscape-design/components/box';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Queue } from '../../api/model';
import type { QueueDetails } from '../../api/report-model';
import { ChartOrTable, type View } from '../../app/chart-or-table';
import { formatCount } from '../../i18n/format';
import { type HourOfQueue, hoursOf, type Outcome } from './hours';
import { useClockTime } from './use-clock-time';

/** Today by the hour: as a chart, or as the table that says the same. */
export function HourPanel({ kind, details }: { kind: Queue['kind']; details: QueueDetails }) {
  const { t } = useTranslation();
  const [view, setView] = useState<View>('chart');
  const { hours, outcomes } = useMemo(() => hoursOf(kind, details.hours, details.card.at), [kind, details]);
  const { time: hourName } = useClockTime(details.zone);
  const title = t(kind === 'chat' ? 'queue.chatsByHour' : 'queue.callsByHour');
  const shown = { kind, hours, outcomes, title, hourName };
  return (
    <section className="panel" aria-labelledby="queue-hours">
      <div className="hour-head">
        <h2 id="queue-hours">{title}</h2>
        <ChartOrTable view={view} onChange={setView} />
      </div>
      {view === 'chart' ? <HourChart {...shown} /> : <HourTable {...shown} />}
    </section>
  );
}

interface Shown {
  kind: Queue['kind'];
  hours: readonly HourOfQueue[];
  outcomes: readonly Outcome[];
  title: string;
  hourName: (at: string) => string;
}

function HourChart({ kind, hours, outcomes, title, hourName }: Shown) {
  const { t, i18n } = useTranslation();
  const stacked = kind !== 'chat';
  const heights = hours.map(({ counts }) => {
    const all = Object.values(counts);
    return stacked ? all.reduce((sum, count) => sum + count, 0) : Math.max(...all);
  });
  const count = (value: number) => (Number.isInteger(value) ? formatCount(value, i18n.language) : '');
  return (
    <BarChart
      series={outcomes.map((outcome) => ({
        type: 'bar',
        title: t(`queue.outcome.${outcome}`),
        data: hours.map(({ at, counts }) => ({ x: at, y: counts[outcome] ?? 0 })),
        valueFormatter: count,
      }))}
      stackedBars={stacked}
      xDomain={hours.map(({ at }) => at)}
      yDomain={[0, Math.max(4, ...heights)]}
      xTitle={t('queue.hour')}
      yTitle={t(stacked ? 'queue.callsAxis' : 'queue.chatsAxis')}
      i18nStrings={{ xTickFormatter: hourName, yTickFormatter: count }}
      ariaLabel={title}
      height={220}
      hideFilter
      empty={<Box color="text-body-secondary">{t('queue.nothingToday')}</Box>}
    />
  );
}

function HourTable({ hours, outcomes, title, hourName }: Shown) {
  const { t, i18n } = useTranslation();
  const columns: TableProps.ColumnDefinition<HourOfQueue>[] = [
    { id: 'hour', header: t('queue.hour'), cell: ({ at }) => hourName(at), isRowHeader: true },
    ...outcomes.map((outcome) => ({
      id: outcome,
      header: t(`queue.outcome.${outcome}`),
      cell: ({ counts }: HourOfQueue) => formatCount(counts[outcome] ?? 0, i18n.language),
    })),
  ];
  return (
    <Table
      variant="embedded"
      items={hours}
      trackBy="at"
      columnDefinitions={columns}
      ariaLabels={{ tableLabel: title }}
      empty={<Box color="text-body-secondary">{t('queue.nothingToday')}</Box>}
    />
  );
}
