import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import { memo, type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agent } from '../../api/model';
import { useAgent } from '../../team/use-team';
import { AgentActions } from './agent-actions';
import { AgentActivity } from './agent-activity';
import { AgentStanding } from './agent-standing';
import type { Keeping } from './use-found-agents';

interface Options extends Keeping {
  /** As seen from which queue; empty: from all. */
  queueId: string;
  /** There is room for two columns only. */
  narrow: boolean;
  onStatus: (agent: Agent) => void;
}

/** Rows are ids, so that the table is drawn anew only when other agents are shown; each cell follows its agent by itself. */
export function useAgentColumns({
  queueId,
  narrow,
  onStatus,
  keep,
  letGo,
}: Options): TableProps.ColumnDefinition<string>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const name = (id: string) => <Cell id={id}>{(agent) => <Name agent={agent} />}</Cell>;
    const activity = (id: string) => (
      <Cell id={id}>{(agent) => <AgentActivity agent={agent} queueId={queueId} />}</Cell>
    );
    const standing = (id: string) => <Cell id={id}>{(agent) => <AgentStanding agent={agent} />}</Cell>;
    const menu = (id: string) => (
      // biome-ignore lint/a11y/noStaticElementInteractions: it only notes where the focus is
      <div className="agent-actions" onFocus={() => keep(id)} onBlur={letGo}>
        <Cell id={id}>{(agent) => <AgentActions agent={agent} onStatus={onStatus} />}</Cell>
      </div>
    );
    const actions = { id: 'actions', header: t('team.actions'), cell: menu, minWidth: narrow ? 110 : 140 };
    if (narrow) {
      const stacked = (id: string) => (
        <div className="stacked">
          {name(id)}
          {activity(id)}
          {standing(id)}
        </div>
      );
      return [
        { id: 'name', header: t('team.name'), cell: stacked, isRowHeader: true, sortingField: 'name', minWidth: 180 },
        actions,
      ];
    }
    return [
      { id: 'name', header: t('team.name'), cell: name, isRowHeader: true, sortingField: 'name', minWidth: 130 },
      { id: 'activity', header: t('team.activity'), cell: activity, sortingField: 'doing', minWidth: 180 },
      { id: 'queues', header: t('team.queues'), cell: standing, minWidth: 200 },
      actions,
    ];
  }, [t, queueId, narrow, onStatus, keep, letGo]);
}

/** Draws anew when the agent has changed. */
function Cell({ id, children }: { id: string; children: (agent: Agent) => ReactNode }) {
  const agent = useAgent(id);
  return agent ? children(agent) : null;
}

const Name = memo(({ agent }: { agent: Agent }) => {
  const { t } = useTranslation();
  return (
    <div className="stacked">
      <b>{agent.name}</b>
      <StatusIndicator type={agent.online ? 'success' : 'stopped'}>
        {t(agent.online ? 'team.online' : 'team.offline')}
      </StatusIndicator>
    </div>
  );
});
