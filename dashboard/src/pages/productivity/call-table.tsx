import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Pagination from '@cloudscape-design/components/pagination';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useTranslation } from 'react-i18next';
import type { LoggedCall } from '../../api/activity-api';
import { useQueueName } from '../../chat/use-chats';
import { callerLines } from '../../desk/caller';
import { usePhoneFormat } from '../../desk/phone-format';
import { formatTimeIn } from '../../i18n/days';
import { formatDuration } from '../../i18n/format';
import type { CallType } from './calls';
import type { ColumnName } from './use-liking';

interface Props {
  name: string;
  calls: LoggedCall[];
  type: CallType;
  zone: string;
  shown: readonly ColumnName[];
  empty: string;
}

type Column = TableProps.ColumnDefinition<LoggedCall>;

const PAGE_SIZE = 10;

/** The calls one by one, the latest first. */
export function CallTable({ name, calls, type, zone, shown, empty }: Props) {
  const { t } = useTranslation();
  const columns = useColumns(zone, shown, type === 'queueTaken');
  const { items, collectionProps, paginationProps } = useCollection(calls, { pagination: { pageSize: PAGE_SIZE } });
  return (
    <Table
      {...collectionProps}
      items={items}
      columnDefinitions={columns}
      variant="borderless"
      contentDensity="compact"
      trackBy={({ contactId, acceptedAt }) => `${contactId} ${acceptedAt}`}
      wrapLines
      empty={<Box color="inherit">{empty}</Box>}
      ariaLabels={{ tableLabel: t('productivity.listOf', { name }) }}
      pagination={calls.length > PAGE_SIZE && <Pagination {...paginationProps} />}
    />
  );
}

function useColumns(zone: string, shown: readonly ColumnName[], ofQueues: boolean): Column[] {
  const { t } = useTranslation();
  const times = timeColumns.filter((one) => shown.includes(one));
  const call: Column = {
    id: 'call',
    header: t('productivity.column.call'),
    isRowHeader: true,
    minWidth: 150,
    cell: (one) => <Call call={one} zone={zone} ofQueue={ofQueues && shown.includes('queue')} />,
  };
  const time: Column = {
    id: 'times',
    header: t('productivity.times'),
    minWidth: 120,
    cell: (one) => <Times call={one} shown={times} />,
  };
  const outcome: Column = {
    id: 'outcome',
    header: t('productivity.column.outcome'),
    minWidth: 92,
    cell: (one) => t(`productivity.outcome.${one.outcome}`),
  };
  return [call, ...(times.length > 0 ? [time] : []), ...(shown.includes('outcome') ? [outcome] : [])];
}

/** The times are named in one cell: two lists of calls stand side by side, where no more columns fit. */
const timeColumns = ['talk', 'hold', 'wrapUp'] as const;

function Times({ call, shown }: { call: LoggedCall; shown: readonly (typeof timeColumns)[number][] }) {
  const { t } = useTranslation();
  return (
    <dl className="activity-times">
      {shown.map((one) => (
        <div key={one}>
          <dt>{t(`productivity.column.${one}`)}</dt>
          <dd>{formatDuration(call[`${one}Seconds`])}</dd>
        </div>
      ))}
    </dl>
  );
}

/** With whom the call was, when, and of which queue. */
function Call({ call, zone, ofQueue }: { call: LoggedCall; zone: string; ofQueue: boolean }) {
  const { t, i18n } = useTranslation();
  const format = usePhoneFormat();
  const queueName = useQueueName(call.queueId ?? '');
  const { title, detail } = callerLines(t, { callerName: call.name ?? '', from: call.number ?? '' }, format);
  const time = formatTimeIn(zone, call.acceptedAt, i18n.language);
  return (
    <span className="activity-call">
      <b>{title}</b>
      {detail && <span className="quiet">{detail}</span>}
      <span className="quiet">
        {ofQueue ? t('productivity.timeAndQueue', { time, queue: queueName || call.queueId }) : time}
      </span>
    </span>
  );
}
