import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_WATCHED } from '../../cards/cards';
import { useDesk, useDeskState } from '../../desk/desk-context';
import { useDerived } from '../../desk/use-derived';
import { localeOf } from '../../i18n/locale';
import { type QueueSort, queueSorts, sortQueues } from '../../team/queue-list';
import { Empty, Pages, paged, Stale } from './parts';
import { useQueueColumns } from './queue-columns';

const PAGE_SIZE = 10;

/** Every queue and campaign, live. */
export function QueueTable() {
  const { t, i18n } = useTranslation();
  const { cards } = useDesk();
  const queues = useDeskState((state) => state.queues);
  const [order, setOrder] = useState<{ sortBy: QueueSort; descending: boolean }>({ sortBy: 'name', descending: false });
  const [wanted, setWanted] = useState(1);
  const compare = useMemo(() => new Intl.Collator(localeOf(i18n.language), { numeric: true }).compare, [i18n.language]);
  const sorted = useDerived(cards, (state) => sortQueues(queues, state.cards, order, compare));
  const { shown, page, count } = paged(sorted, wanted, PAGE_SIZE);
  useWatch(queues.length > MAX_WATCHED ? shown : sorted);
  const failed = useSyncExternalStore(cards.subscribe, () => cards.get().failed);
  const columns = useQueueColumns();
  return (
    <SpaceBetween size="s">
      {failed && <Stale text={t('team.cardsFailed')} onRetry={cards.refresh} />}
      <Table
        items={shown}
        trackBy={(id) => id}
        columnDefinitions={columns}
        sortingColumn={{ sortingField: order.sortBy }}
        sortingDescending={order.descending}
        onSortingChange={({ detail: { sortingColumn, isDescending = false } }) => {
          const sortBy = queueSorts.find((field) => field === sortingColumn.sortingField) ?? 'name';
          setOrder({ sortBy, descending: isDescending });
        }}
        contentDensity="compact"
        wrapLines
        ariaLabels={{ tableLabel: t('team.queuesTitle') }}
        header={
          <Header variant="h2" counter={`(${queues.length})`} description={t('team.queuesText')}>
            {t('team.queuesTitle')}
          </Header>
        }
        pagination={<Pages page={page} count={count} onChange={setWanted} />}
        empty={<Empty title={t('team.noQueue')} text={t('team.noQueueText')} />}
      />
    </SpaceBetween>
  );
}

/** Has the cards of these queues pushed, in whatever order they are. */
function useWatch(queueIds: readonly string[]): void {
  const { cards } = useDesk();
  const wanted = JSON.stringify(queueIds.toSorted());
  useEffect(() => cards.watch(JSON.parse(wanted) as string[]), [cards, wanted]);
}
