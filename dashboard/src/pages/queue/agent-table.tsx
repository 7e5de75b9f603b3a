import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueueAgent } from '../../api/report-model';
import { StatusDot } from '../../app/status-dot';
import { standingText } from '../../desk/standing-text';
import { formatCount } from '../../i18n/format';
import { localeOf } from '../../i18n/locale';
import { Clock } from './clock';

interface Props {
  agents: readonly QueueAgent[];
  /** Whether agents hold chats of this queue. */
  chats: boolean;
}

/** Who is logged in to the queue, and what they do. */
export function AgentTable({ agents, chats }: Props) {
  const { t, i18n } = useTranslation();
  const byName = useMemo(() => {
    const { compare } = new Intl.Collator(localeOf(i18n.language));
    return agents.toSorted((a, b) => compare(a.name, b.name));
  }, [agents, i18n.language]);
  const held = {
    id: 'chats',
    header: t('queue.chats'),
    cell: (agent: QueueAgent) => formatCount(agent.chats, i18n.language),
    minWidth: 120,
  };
  return (
    <Table
      header={
        <Header variant="h2" counter={`(${formatCount(agents.length, i18n.language)})`}>
          {t('card.loggedIn')}
        </Header>
      }
      items={byName}
      trackBy="id"
      wrapLines
      columnDefinitions={[
        { id: 'name', header: t('team.name'), cell: ({ name }) => name, isRowHeader: true, minWidth: 140 },
        { id: 'status', header: t('queue.status'), cell: (agent) => <Status agent={agent} />, minWidth: 160 },
        { id: 'doing', header: t('team.activity'), cell: (agent) => <Doing agent={agent} />, minWidth: 180 },
        ...(chats ? [held] : []),
      ]}
      ariaLabels={{ tableLabel: t('card.loggedIn') }}
      empty={<Box color="text-body-secondary">{t('queue.noAgents')}</Box>}
    />
  );
}

function Status({ agent: { status, reason = '', stateSince } }: { agent: QueueAgent }) {
  const { t } = useTranslation();
  const since = stateSince;
  return (
    <span className="dotted">
      <StatusDot status={status} />
      {standingText(t, status === 'paused' ? { status, reason, since } : { status, since })}
    </span>
  );
}

const indicators: Record<QueueAgent['state'], StatusIndicatorProps.Type> = {
  idle: 'success',
  paused: 'stopped',
  ringing: 'pending',
  inCall: 'in-progress',
  wrapUp: 'info',
};

/** What the agent does, for whichever queue, and for how long. */
function Doing({ agent: { state, stateSince } }: { agent: QueueAgent }) {
  const { t } = useTranslation();
  return (
    <span className="timed">
      <StatusIndicator type={indicators[state]}>{t(`queue.doing.${state}`)}</StatusIndicator>
      {stateSince && <Clock since={stateSince} />}
    </span>
  );
}
