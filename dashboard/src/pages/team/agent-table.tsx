import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agent } from '../../api/model';
import { useNarrow } from '../../app/use-narrow';
import { useDeskState } from '../../desk/desk-context';
import { everybody, type TeamQuery } from '../../team/team-list';
import { useTeam } from '../../team/use-team';
import { useAgentColumns } from './agent-columns';
import { AgentSearch } from './agent-search';
import { Empty, Pages, paged, Stale } from './parts';
import { StatusDialog } from './status-dialog';
import { useFoundAgents } from './use-found-agents';

const PAGE_SIZE = 25;

/** Everybody, or those who are looked for. */
export function AgentTable() {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const { loaded, failed, retry } = useTeam();
  const total = useDeskState((state) => Object.keys(state.agents).length);
  const [query, setQuery] = useState(everybody);
  const [wanted, setWanted] = useState(1);
  const [asked, setAsked] = useState<Agent>();
  const { found, keep, letGo } = useFoundAgents(query, asked !== undefined);
  const columns = useAgentColumns({ queueId: query.queueId, narrow, onStatus: setAsked, keep, letGo });
  const { shown, page, count } = paged(found, wanted, PAGE_SIZE);
  const change = (part: Partial<TeamQuery>) => {
    letGo(); // a button that vanished with the focus on it did not
    setQuery((before) => ({ ...before, ...part }));
    setWanted(1);
  };
  return (
    <SpaceBetween size="s">
      {failed && <Stale text={t('team.failed')} onRetry={retry} />}
      <Table
        items={shown}
        trackBy={(id) => id}
        columnDefinitions={columns}
        sortingColumn={{ sortingField: query.sortBy }}
        sortingDescending={query.descending}
        onSortingChange={({ detail: { sortingColumn, isDescending = false } }) =>
          change({ sortBy: sortingColumn.sortingField === 'doing' ? 'doing' : 'name', descending: isDescending })
        }
        contentDensity="compact"
        wrapLines
        loading={!loaded && !failed && total <= 1}
        loadingText={t('team.loading')}
        ariaLabels={{ tableLabel: t('team.agents') }}
        header={
          <Header variant="h2" counter={found.length < total ? `(${found.length}/${total})` : `(${total})`}>
            {t('team.agents')}
          </Header>
        }
        filter={<AgentSearch query={query} found={found.length} onChange={change} />}
        pagination={<Pages page={page} count={count} onChange={setWanted} />}
        empty={
          total <= 1 ? (
            <Empty title={t('team.empty')} text={t('team.emptyText')} />
          ) : (
            <Empty title={t('team.noMatch')}>
              <Button onClick={() => change({ text: '', kind: undefined, queueId: '' })}>
                {t('team.clearFilter')}
              </Button>
            </Empty>
          )
        }
      />
      {asked && <StatusDialog agent={asked} onDismiss={() => setAsked(undefined)} />}
    </SpaceBetween>
  );
}
