import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useTranslation } from 'react-i18next';
import type { QueueContact, QueueDetails } from '../../api/report-model';
import { Waited } from '../../cards/figure';
import { usePhoneFormat } from '../../desk/phone-format';
import { formatCount } from '../../i18n/format';
import { Clock } from './clock';
import { useClockTime } from './use-clock-time';

/** The calls whose turn comes, those in line first. */
export function WaitingTable({ details }: { details: QueueDetails }) {
  const { t, i18n } = useTranslation();
  const { contacts, card } = details;
  const limit = card.voice?.serviceLevelSeconds ?? Number.POSITIVE_INFINITY;
  const columns: TableProps.ColumnDefinition<QueueContact>[] = [
    { id: 'who', header: t('queue.customer'), cell: (one) => <Who contact={one} />, isRowHeader: true, minWidth: 160 },
    { id: 'kind', header: t('queue.call'), cell: ({ kind }) => t(`queue.contact.${kind}`), minWidth: 130 },
    {
      id: 'wait',
      header: t('queue.wait'),
      cell: (one) => <Waits contact={one} limit={limit} details={details} />,
      minWidth: 150,
    },
    { id: 'attempt', header: t('queue.attempts'), cell: (one) => formatCount(one.attempt, i18n.language) },
  ];
  const retries = contacts.some(({ kind }) => kind !== 'inbound');
  return (
    <Table
      header={
        <Header variant="h2" counter={`(${formatCount(contacts.length, i18n.language)})`}>
          {t('queue.waiting')}
        </Header>
      }
      items={contacts}
      trackBy="contactId"
      wrapLines
      columnDefinitions={retries ? columns : columns.slice(0, -1)}
      ariaLabels={{ tableLabel: t('queue.waiting') }}
      empty={<Box color="text-body-secondary">{t('queue.noneWaiting')}</Box>}
    />
  );
}

function Who({ contact: { name, number } }: { contact: QueueContact }) {
  const { t } = useTranslation();
  const format = usePhoneFormat();
  const shown = number ? format(number) : t('call.withheld');
  if (!name) return shown;
  return (
    <>
      {name} <span className="quiet">{shown}</span>
    </>
  );
}

interface WaitsProps {
  contact: QueueContact;
  limit: number;
  details: QueueDetails;
}

/** Since when somebody waits; of a call for which the time has not come, when that is. */
function Waits({ contact: { state, kind, enteredAt, dueAt }, limit, details: { zone, card } }: WaitsProps) {
  const { t } = useTranslation();
  const { time, dayAndTime } = useClockTime(zone);
  if (state !== 'scheduled') {
    return kind === 'inbound' ? <Waited since={enteredAt} limit={limit} /> : <Clock since={enteredAt} />;
  }
  if (!dueAt) return t('queue.dueLater');
  const today = Date.parse(dueAt) < Date.parse(card.dayEnds);
  return t('queue.due', { time: today ? time(dueAt) : dayAndTime(dueAt) });
}
