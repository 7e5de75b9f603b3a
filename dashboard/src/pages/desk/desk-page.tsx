import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { onDemand } from '../../app/on-demand';
import { PageTitle } from '../../app/page-title';
import { CallDock } from '../../call/call-dock';
import { useDeskState } from '../../desk/desk-context';
import { assignedQueues, joined, selectMe } from '../../desk/selectors';
import { QueueCards } from './queue-cards';

export const QueueLogin = onDemand(async () => (await import('./queue-login')).QueueLogin);

/** The agent's desk: the queues, beside the call panel that the shell shows. */
export function DeskPage() {
  const { t } = useTranslation();
  const me = useDeskState(selectMe);
  const queues = useDeskState((state) => state.queues);
  if (!me) return null;
  const assigned = assignedQueues(me, queues);
  const count = t('desk.joinedCount', { joined: joined(me).length, total: assigned.length });
  return (
    <ContentLayout header={<Header variant="h1">{t('desk.title')}</Header>}>
      <PageTitle title={t('nav.desk')} />
      <div className="desk">
        {assigned.length === 0 ? (
          <NoQueues />
        ) : (
          <SpaceBetween size="l">
            <SpaceBetween size="s">
              <Header variant="h2" info={<Badge>{count}</Badge>}>
                {t('desk.assignedQueues')}
              </Header>
              <QueueLogin
                out={assigned.filter(({ membership }) => membership.status === 'out').map(({ queue }) => queue)}
              />
            </SpaceBetween>
            <QueueCards assigned={assigned} />
          </SpaceBetween>
        )}
        <CallDock docked />
      </div>
    </ContentLayout>
  );
}

function NoQueues() {
  const { t } = useTranslation();
  return (
    <div className="panel">
      <Box textAlign="center" padding="xl">
        <Box variant="h2">{t('desk.noQueuesTitle')}</Box>
        <Box color="text-body-secondary">{t('desk.noQueuesText')}</Box>
      </Box>
    </div>
  );
}
