import Link from '@cloudscape-design/components/link';
import type { TableProps } from '@cloudscape-design/components/table';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Report, ReportRow } from '../../api/reports-api';
import { hrefOf } from '../productivity/address';
import { type FigureName, figuresOf, figureValue } from './report-figures';
import { useFigureFormat, useNameOf, useTimeOf } from './use-format';

/** A row of the table: the report's, or their total. */
export type Row = ReportRow & { total?: boolean };

export const totalOf = ({ from, total }: Report, name: string): Row => ({
  total: true,
  id: '',
  name,
  date: from,
  from: '',
  figures: total,
});

type Column = TableProps.ColumnDefinition<Row> & { id: string };

/**
 * Every column that there may be; a report of one period has none for the time. They stay the same as long as the report is of the
 * same, because the table knows by its comparator which column it is sorted by.
 */
export function useColumns({ by, group }: Report, zone: string): Column[] {
  const { t } = useTranslation();
  const timeOf = useTimeOf(by, zone);
  const nameOf = useNameOf(group);
  return useMemo(() => {
    const time: Column = {
      id: 'time',
      header: t(`reports.time.${by}`),
      sortingComparator: (a, b) => a.from.localeCompare(b.from),
      minWidth: 140,
      isRowHeader: true,
      cell: (row) => (row.total ? <b>{row.name}</b> : timeOf(row)),
    };
    const name: Column = {
      id: 'name',
      header: t(`reports.one.${group}`),
      sortingComparator: (a, b) => nameOf(a).localeCompare(nameOf(b)),
      minWidth: 140,
      isRowHeader: by === 'period',
      cell: (row) => {
        if (row.total) return by === 'period' ? <b>{row.name}</b> : '';
        return group === 'agent' ? <AgentLink row={row} by={by} /> : nameOf(row);
      },
    };
    const figures = figuresOf[group].map(
      (figure): Column => ({
        id: figure,
        header: t(`reports.figure.${figure}`),
        sortingComparator: (a, b) => (figureValue(a.figures, figure) ?? -1) - (figureValue(b.figures, figure) ?? -1),
        minWidth: 112,
        cell: (row) => <Value row={row} figure={figure} />,
      }),
    );
    return [...(by === 'period' ? [] : [time]), name, ...figures];
  }, [t, by, group, timeOf, nameOf]);
}

function Value({ row, figure }: { row: Row; figure: FigureName }) {
  const { t } = useTranslation();
  const format = useFigureFormat();
  const value = figureValue(row.figures, figure);
  const text = value === undefined ? t('figures.none') : format(figure, value);
  if (row.total) return <b className="report-value">{text}</b>;
  return <span className={value ? 'report-value' : 'report-value quiet'}>{text}</span>;
}

/** Leads to the agent's calls of the day. */
function AgentLink({ row: { id, name, date }, by }: { row: Row; by: Report['by'] }) {
  const navigate = useNavigate();
  const href = hrefOf({ tab: 'day', agent: id, ...(by === 'day' && { day: date }) });
  return (
    <Link
      href={href}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(href);
      }}
    >
      {name}
    </Link>
  );
}
