import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import type { Agent, Contact } from '../../api/model';
import type { DoingKind } from '../../team/doing';
import { useDoing, useQueueName } from '../../team/use-team';
import { Since, Until } from './parts';

const indicators: Readonly<Record<DoingKind, StatusIndicatorProps.Type>> = {
  ready: 'success',
  ringing: 'pending',
  call: 'in-progress',
  wrapUp: 'info',
  paused: 'warning',
  away: 'not-started',
  out: 'stopped',
};

/** What the agent does right now, and for how long. */
export function AgentActivity({ agent, queueId }: { agent: Agent; queueId: string }) {
  const { t } = useTranslation();
  const { kind, since, until, contact, queueId: wrapUpQueue = '' } = useDoing(agent, queueId);
  const where = useOrigin(contact, wrapUpQueue);
  const chats = agent.chats?.length ?? 0;
  return (
    <div className="agent-activity">
      <span className="timed">
        <StatusIndicator type={indicators[kind]}>
          {[t(`team.kind.${kind}`), where].filter(Boolean).join(' · ')}
        </StatusIndicator>
        {until ? <Until until={until} /> : <Since since={since} />}
      </span>
      {contact?.heldAt && <span className="quiet">{t('team.onHold')}</span>}
      {kind === 'away' && <span className="quiet">{t('team.awayHint')}</span>}
      {chats > 0 && <span className="quiet">{t('team.chats', { count: chats })}</span>}
    </div>
  );
}

/** Where a call comes from: a queue or a campaign, or none. */
function useOrigin(contact: Contact | undefined, wrapUpQueue: string): string {
  const { t } = useTranslation();
  const name = useQueueName(contact?.queueId || wrapUpQueue);
  if (name || !contact) return name;
  return contact.kind === 'outbound' ? t('team.made') : t('team.ownNumber');
}
