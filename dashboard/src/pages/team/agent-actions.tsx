import Button from '@cloudscape-design/components/button';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Agent } from '../../api/model';
import { useDesk, useDeskState } from '../../desk/desk-context';

interface Props {
  agent: Agent;
  /** Asks which status. */
  onStatus: (agent: Agent) => void;
}

/** What a supervisor can do to an agent. */
export function AgentActions({ agent, onStatus }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { actions } = useDesk();
  const { id, name, wrapUp, memberships } = agent;
  const changing = useDeskState((state) => state.pending.includes(`status:${id}`));
  const ending = useDeskState((state) => state.pending.includes(`wrap-up:${id}`));
  const day = `/productivity?agent=${encodeURIComponent(id)}`;
  return (
    <>
      {memberships.length > 0 && (
        <Button
          variant="inline-link"
          loading={changing}
          ariaLabel={t('team.changeStatusOf', { name })}
          onClick={() => onStatus(agent)}
        >
          {t('team.changeStatus')}
        </Button>
      )}
      {wrapUp && (
        <Button
          variant="inline-link"
          loading={ending}
          ariaLabel={t('team.endWrapUpOf', { name })}
          onClick={() => void actions.endWrapUpOf(agent)}
        >
          {t('team.endWrapUp')}
        </Button>
      )}
      <Button
        variant="inline-link"
        href={day}
        ariaLabel={t('team.seeDayOf', { name })}
        onFollow={(event) => {
          event.preventDefault();
          void navigate(day);
        }}
      >
        {t('team.seeDay')}
      </Button>
    </>
  );
}
