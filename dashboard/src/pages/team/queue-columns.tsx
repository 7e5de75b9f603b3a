import type { TableProps } from '@cloudscape-design/components/table';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMedium, useNarrow } from '../../app/use-narrow';
import { useDesk } from '../../desk/desk-context';
import { createStaffTally, type Staff } from '../../team/tally';
import { Handling, LongestWait, QueueName, StaffCount, StaffLines, Today, Waiting } from './queue-cells';

type Column = TableProps.ColumnDefinition<string>;

const parts = ['loggedIn', 'free', 'busy', 'paused'] as const satisfies (keyof Staff)[];

/** Rows are ids; each cell follows its queue by itself. */
export function useQueueColumns(): Column[] {
  const { t } = useTranslation();
  const [narrow, medium] = [useNarrow(), useMedium()];
  const staff = useStaffColumns(medium);
  return useMemo(() => {
    const name: Column = {
      id: 'name',
      header: t('team.queue'),
      sortingField: 'name',
      isRowHeader: true,
      cell: (id) => <QueueName id={id} />,
      minWidth: 110,
    };
    const waiting: Column = {
      id: 'waiting',
      header: t('team.waiting'),
      sortingField: 'waiting',
      cell: (id) => <Waiting id={id} />,
      minWidth: 90,
    };
    if (narrow) return narrowColumns(name, waiting, staff[0]);
    return [
      name,
      waiting,
      {
        id: 'since',
        header: t('team.longestWait'),
        sortingField: 'since',
        cell: (id) => <LongestWait id={id} />,
        minWidth: 100,
      },
      ...staff,
      { id: 'handling', header: t('team.averageHandle'), cell: (id) => <Handling id={id} />, minWidth: 85 },
      {
        id: 'total',
        header: t('team.today'),
        sortingField: 'total',
        cell: (id) => <Today id={id} />,
        minWidth: medium ? 150 : 220,
      },
    ];
  }, [t, narrow, medium, staff]);
}

/** What agents do, in one column where there is little room. */
function useStaffColumns(medium: boolean): Column[] {
  const { t } = useTranslation();
  const { store } = useDesk();
  return useMemo(() => {
    const staff = createStaffTally();
    if (medium) {
      const cell = (id: string) => <StaffLines id={id} staff={staff} store={store} />;
      return [{ id: 'staff', header: t('team.agents'), cell, minWidth: 150 }];
    }
    return parts.map((part) => ({
      id: part,
      header: t(`team.staffed.${part}`),
      cell: (id) => <StaffCount id={id} part={part} staff={staff} store={store} />,
      minWidth: 65,
    }));
  }, [t, medium, store]);
}

/** Two columns, in which the others stand one below the other. */
function narrowColumns(name: Column, waiting: Column, staff: Column | undefined): Column[] {
  const stacked = (id: string) => (
    <div className="stacked">
      {name.cell(id)}
      {staff?.cell(id)}
      <Today id={id} />
    </div>
  );
  const wait = (id: string) => (
    <div className="stacked">
      {waiting.cell(id)}
      <LongestWait id={id} />
    </div>
  );
  return [
    { ...name, cell: stacked, minWidth: 170 },
    { ...waiting, cell: wait, minWidth: 110 },
  ];
}
