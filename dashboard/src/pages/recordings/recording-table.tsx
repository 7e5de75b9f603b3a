import { useCollection } from '@cloudscape-design/collection-hooks';
import Table from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Recording } from '../../api/model';
import { isFound } from '../../recordings/find-recordings';
import { useRecordings } from '../../recordings/use-recordings';
import { useColumns } from './columns';
import { Empty, NoMatch } from './empty';

interface Props {
  archive: boolean;
  /** Id of the one that is on its way into the archive or out of it. */
  archiving: string;
  onArchive: (recording: Recording) => void;
  onDelete: (recording: Recording) => void;
}

/** The messages of one tab. */
export function RecordingTable({ archive, archiving, onArchive, onDelete }: Props) {
  const { t } = useTranslation();
  const { recordings, phase } = useRecordings();
  const shown = useMemo(() => recordings.filter(({ archived }) => archived === archive), [recordings, archive]);
  const { items, actions, collectionProps, filterProps, filteredItemsCount } = useCollection(shown, {
    filtering: {
      filteringFunction: isFound,
      empty: <Empty archive={archive} failed={phase === 'failed'} />,
      noMatch: <NoMatch onClear={() => actions.setFiltering('')} />,
    },
    sorting: { defaultState: { sortingColumn: { sortingField: 'at' }, isDescending: true } },
  });
  const columns = useColumns({ archiving, onArchive, onDelete });
  const title = t(archive ? 'recordings.archiveTable' : 'recordings.title');
  return (
    <Table
      {...collectionProps}
      items={items}
      columnDefinitions={columns}
      variant="container"
      trackBy="id"
      wrapLines
      loading={(phase === 'idle' || phase === 'loading') && recordings.length === 0}
      loadingText={t('app.loading')}
      ariaLabels={{ tableLabel: title }}
      filter={
        shown.length > 0 && (
          <TextFilter
            {...filterProps}
            filteringPlaceholder={t('recordings.find')}
            filteringAriaLabel={t('recordings.find')}
            countText={t('recordings.matches', { count: filteredItemsCount ?? 0 })}
          />
        )
      }
    />
  );
}
