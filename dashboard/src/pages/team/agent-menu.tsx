import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { StatusChange } from '../../api/client';
import type { Agent } from '../../api/model';
import { useDesk, useDeskState } from '../../desk/desk-context';
import { agentItems, changeOf, DAY } from '../../team/agent-items';
import { useDoing } from '../../team/use-team';

interface Props {
  agent: Agent;
  /** Asked for before it is done. */
  onLogOut: (agent: Agent, change: StatusChange) => void;
}

/** What a supervisor can do to an agent. */
export function AgentMenu({ agent, onLogOut }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { actions } = useDesk();
  const doing = useDoing(agent, '');
  const queues = useDeskState((state) => state.queues);
  const pauseReasons = useDeskState((state) => state.pauseReasons);
  const pending = useDeskState((state) => state.pending.includes(`status:${agent.id}`));
  const choose = (id: string) => {
    if (id === DAY) return void navigate(`/productivity?agent=${encodeURIComponent(agent.id)}`);
    const change = changeOf(id, agent);
    if (change.status === 'out') onLogOut(agent, change);
    else void actions.setStatusOf(agent, change);
  };
  return (
    <>
      <ButtonDropdown
        variant="icon"
        expandableGroups
        expandToViewport
        items={agentItems(t, agent, doing, queues, pauseReasons)}
        ariaLabel={t('team.actionsOf', { name: agent.name })}
        loading={pending}
        loadingText={t('team.changing')}
        onItemClick={({ detail }) => choose(detail.id)}
      />
      {agent.wrapUp && <EndWrapUp agent={agent} />}
    </>
  );
}

function EndWrapUp({ agent }: { agent: Agent }) {
  const { t } = useTranslation();
  const { actions } = useDesk();
  const pending = useDeskState((state) => state.pending.includes(`wrap-up:${agent.id}`));
  return (
    <Button
      variant="inline-link"
      loading={pending}
      ariaLabel={t('team.endWrapUpOf', { name: agent.name })}
      onClick={() => void actions.endWrapUpOf(agent)}
    >
      {t('team.endWrapUp')}
    </Button>
  );
}
