import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import { useTranslation } from 'react-i18next';
import type { Agent, Contact, Queue } from '../../api/model';
import { StatusDot } from '../../app/status-dot';
import { useDesk, useDeskState } from '../../desk/desk-context';
import { callStage, joined } from '../../desk/selectors';
import { standingText } from '../../desk/standing-text';
import { secondsBetween, useServerNow } from '../../desk/use-server-now';
import { formatDuration } from '../../i18n/format';

export function useColumns(): TableProps.ColumnDefinition<Agent>[] {
  const { t } = useTranslation();
  return [
    { id: 'name', header: t('team.name'), cell: (agent) => <b>{agent.name}</b>, isRowHeader: true, minWidth: 140 },
    { id: 'presence', header: t('team.presence'), cell: (agent) => <Presence online={agent.online} />, minWidth: 110 },
    { id: 'queues', header: t('team.queues'), cell: (agent) => <Statuses agent={agent} />, minWidth: 220 },
    { id: 'activity', header: t('team.activity'), cell: (agent) => <Activity agent={agent} />, minWidth: 200 },
    { id: 'actions', header: t('team.actions'), cell: (agent) => <EndWrapUp agent={agent} />, minWidth: 160 },
  ];
}

function Presence({ online }: { online: boolean }) {
  const { t } = useTranslation();
  return (
    <StatusIndicator type={online ? 'success' : 'stopped'}>
      {t(online ? 'team.online' : 'team.offline')}
    </StatusIndicator>
  );
}

const queueName = (queues: readonly Queue[], id: string) => queues.find((queue) => queue.id === id)?.name ?? id;

function Statuses({ agent }: { agent: Agent }) {
  const { t } = useTranslation();
  const queues = useDeskState((state) => state.queues);
  if (agent.memberships.length === 0) return <span className="quiet">{t('team.noneAssigned')}</span>;
  return (
    <ul className="statuses">
      {agent.memberships.map(({ queueId, status, reason = '', since }) => (
        <li key={queueId}>
          <StatusDot status={status} />
          <span>{queueName(queues, queueId)}</span>
          <span className="quiet">
            {standingText(t, status === 'paused' ? { status, reason, since } : { status, since })}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What the agent does right now, and for how long. */
function Activity({ agent }: { agent: Agent }) {
  const { t } = useTranslation();
  const queues = useDeskState((state) => state.queues);
  const contact = useDeskState((state) => (agent.contactId ? state.contacts[agent.contactId] : undefined));
  const call = callStage(agent, contact);
  switch (call.stage) {
    case 'ringing':
      return (
        <Timed type="pending" since={call.offer.at}>
          {t('team.ringing', { queue: queueName(queues, call.contact.queueId) })}
        </Timed>
      );
    case 'live':
      return (
        <Timed type="in-progress" since={call.contact.connectedAt ?? call.contact.acceptedAt}>
          {t('team.onCall', { queue: queueName(queues, call.contact.queueId) })}
        </Timed>
      );
    case 'wrap-up':
      return (
        <Timed type="info" until={call.wrapUp.until}>
          {t('team.wrapUp', { queue: queueName(queues, call.wrapUp.queueId) })}
        </Timed>
      );
    case 'idle':
      return <Resting agent={agent} contact={contact} />;
  }
}

function Resting({ agent, contact }: { agent: Agent; contact: Contact | undefined }) {
  const { t } = useTranslation();
  if (agent.contactId && !contact) return <Timed type="in-progress">{t('team.onSomeCall')}</Timed>;
  const available = agent.online && joined(agent).some(({ status }) => status === 'ready');
  if (!available) return <span className="quiet">{t('team.unavailable')}</span>;
  return (
    <Timed type="success" since={agent.idleSince}>
      {t('team.idle')}
    </Timed>
  );
}

interface TimedProps {
  type: 'pending' | 'in-progress' | 'info' | 'success';
  since?: string | undefined;
  until?: string;
  children: string;
}

function Timed({ type, since, until, children }: TimedProps) {
  const now = useServerNow();
  const seconds = until ? secondsBetween(now, until) : secondsBetween(since, now);
  return (
    <span className="timed">
      <StatusIndicator type={type}>{children}</StatusIndicator>
      {(since ?? until) && <span className="clock">{formatDuration(seconds)}</span>}
    </span>
  );
}

function EndWrapUp({ agent }: { agent: Agent }) {
  const { t } = useTranslation();
  const { actions } = useDesk();
  const pending = useDeskState((state) => state.pending.includes(`wrap-up:${agent.id}`));
  if (!agent.wrapUp) return null;
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
