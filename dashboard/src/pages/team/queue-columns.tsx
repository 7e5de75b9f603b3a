import type { TableProps } from '@cloudscape-design/components/table';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNarrow } from '../../app/use-narrow';
import { useDesk } from '../../desk/desk-context';
import { createStaffTally, type Staff } from '../../team/tally';
import { Handling, LongestWait, Outcomes, QueueName, StaffCount, StaffLine, Total, Waiting } from './queue-cells';

const parts = ['loggedIn', 'free', 'busy', 'paused'] as const satisfies (keyof Staff)[];

/** Rows are ids; each cell follows its queue by itself. */
export function useQueueColumns(): TableProps.ColumnDefinition<string>[] {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const { store } = useDesk();
  return useMemo(() => {
    const staff = createStaffTally();
    const name = { id: 'name', header: t('team.queue'), sortingField: 'name', isRowHeader: true };
    const waiting = { id: 'waiting', header: t('team.waiting'), sortingField: 'waiting', minWidth: 90 };
    if (narrow) {
      const stacked = (id: string) => (
        <div className="stacked">
          <QueueName id={id} />
          <StaffLine id={id} staff={staff} store={store} />
          <Outcomes id={id} withTotal />
        </div>
      );
      const wait = (id: string) => (
        <div className="stacked">
          <Waiting id={id} />
          <LongestWait id={id} />
        </div>
      );
      return [
        { ...name, cell: stacked, minWidth: 170 },
        { ...waiting, cell: wait, minWidth: 110 },
      ];
    }
    return [
      { ...name, cell: (id) => <QueueName id={id} />, minWidth: 150 },
      { ...waiting, cell: (id) => <Waiting id={id} /> },
      {
        id: 'since',
        header: t('team.longestWait'),
        sortingField: 'since',
        cell: (id) => <LongestWait id={id} />,
        minWidth: 100,
      },
      ...parts.map(
        (part): TableProps.ColumnDefinition<string> => ({
          id: part,
          header: t(`team.staffed.${part}`),
          cell: (id) => <StaffCount id={id} part={part} staff={staff} store={store} />,
          minWidth: 80,
        }),
      ),
      { id: 'handling', header: t('team.averageHandle'), cell: (id) => <Handling id={id} />, minWidth: 110 },
      { id: 'total', header: t('team.today'), sortingField: 'total', cell: (id) => <Total id={id} />, minWidth: 80 },
      { id: 'outcomes', header: t('team.outcomes'), cell: (id) => <Outcomes id={id} />, minWidth: 150 },
    ];
  }, [t, narrow, store]);
}
