import '../../styles/team.css';
import Box from '@cloudscape-design/components/box';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../../app/page-title';
import { useDeskState } from '../../desk/desk-context';
import { selectMe } from '../../desk/selectors';
import { supervises } from '../../desk/supervises';
import { AgentTable } from './agent-table';
import { QueueTable } from './queue-table';

/** The supervisor's desk: every queue and everybody, kept by what the server pushes. */
export function TeamPage() {
  const { t } = useTranslation();
  const allowed = useDeskState((state) => {
    const me = selectMe(state);
    return me && supervises(me);
  });
  if (allowed === undefined) return null;
  return (
    <>
      <PageTitle title={t('nav.team')} />
      {allowed ? <Team /> : <NotSupervisor />}
    </>
  );
}

function Team() {
  const { t } = useTranslation();
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={t('team.description')}>
          {t('team.title')}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <QueueTable />
        <AgentTable />
      </SpaceBetween>
    </ContentLayout>
  );
}

function NotSupervisor() {
  const { t } = useTranslation();
  return (
    <ContentLayout header={<Header variant="h1">{t('team.notSupervisorTitle')}</Header>}>
      <Box>{t('team.notSupervisor')}</Box>
    </ContentLayout>
  );
}
