import { useTranslation } from 'react-i18next';
import type { Agent, Membership } from '../../api/model';
import { StatusDot } from '../../app/status-dot';
import { useDeskState } from '../../desk/desk-context';
import { nextText } from '../../desk/next-status';
import { callStage, joined } from '../../desk/selectors';
import { standingText } from '../../desk/standing-text';
import { Since } from './parts';

/** How the agent stands in the queues that they have joined: those of one status together, with the moment of the last change. */
export function AgentStanding({ agent }: { agent: Agent }) {
  const { t } = useTranslation();
  const next = useNextText(agent);
  if (agent.memberships.length === 0) return <span className="quiet">{t('team.noneAssigned')}</span>;
  const groups = grouped(joined(agent));
  return (
    <ul className="statuses">
      {groups.length === 0 && (
        <li>
          <StatusDot status="out" />
          <span>{t('status.out')}</span>
        </li>
      )}
      {groups.map((memberships) => (
        <Group key={memberships[0]?.queueId} memberships={memberships} />
      ))}
      {next && <li className="quiet">{next}</li>}
    </ul>
  );
}

function grouped(memberships: readonly Membership[]): Membership[][] {
  const groups = new Map<string, Membership[]>();
  for (const one of memberships) {
    const key = `${one.status} ${one.reason ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

function Group({ memberships }: { memberships: readonly Membership[] }) {
  const { t } = useTranslation();
  const queues = useDeskState((state) => state.queues);
  const [{ status, reason = '' } = { status: 'out' as const }] = memberships;
  const since = memberships
    .flatMap((m) => m.since ?? [])
    .sort()
    .at(-1);
  const names = memberships.map(({ queueId }) => queues.find(({ id }) => id === queueId)?.name ?? queueId);
  return (
    <li>
      <StatusDot status={status} />
      <span>{standingText(t, status === 'paused' ? { status, reason, since } : { status, since })}</span>
      <Since since={since} />
      <span className="quiet statuses-queues">{names.join(', ')}</span>
    </li>
  );
}

function useNextText(agent: Agent): string | undefined {
  const { t } = useTranslation();
  const contact = useDeskState((state) => (agent.contactId ? state.contacts[agent.contactId] : undefined));
  return nextText(t, agent, callStage(agent, contact));
}
