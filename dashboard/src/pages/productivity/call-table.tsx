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

const PAGE_SIZE = 10;

/** The calls one by one, the latest first. */
export function CallTable({ name, calls, type, zone, shown, empty }: Props) {
  const columns = useColumns(zone, type === 'queueTaken' && shown.includes('queue'));
  const { items, collectionProps, paginationProps } = useCollection(calls, { pagination: { pageSize: PAGE_SIZE } });
  return (
    <Table
      {...collectionProps}
      items={items}
      columnDefinitions={columns.filter(({ id }) => shown.includes(id as ColumnName))}
      variant="borderless"
      contentDensity="compact"
      trackBy={({ contactId, acceptedAt }) => `${contactId} ${acceptedAt}`}
      wrapLines
      empty={<Box color="inherit">{empty}</Box>}
      ariaLabels={{ tableLabel: name }}
      pagination={calls.length > PAGE_SIZE && <Pagination {...paginationProps} />}
    />
  );
}

function useColumns(zone: string, ofQueues: boolean): TableProps.ColumnDefinition<LoggedCall>[] {
  const { t } = useTranslation();
  const time = (id: ColumnName, minWidth: number, of: keyof LoggedCall & `${string}Seconds`) => ({
    id,
    header: t(`productivity.column.${id}`),
    minWidth,
    cell: (call: LoggedCall) => <span className="activity-time">{formatDuration(call[of])}</span>,
  });
  return [
    {
      id: 'call',
      header: t('productivity.column.call'),
      isRowHeader: true,
      minWidth: 150,
      cell: (call) => <Call call={call} zone={zone} ofQueue={ofQueues} />,
    },
    time('talk', 64, 'talkSeconds'),
    time('hold', 64, 'holdSeconds'),
    time('wrapUp', 76, 'wrapUpSeconds'),
    {
      id: 'outcome',
      header: t('productivity.column.outcome'),
      minWidth: 92,
      cell: ({ outcome }) => t(`productivity.outcome.${outcome}`),
    },
  ];
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
