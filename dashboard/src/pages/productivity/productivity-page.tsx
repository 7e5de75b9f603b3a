import '../../styles/productivity.css';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import Tabs from '@cloudscape-design/components/tabs';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../../app/page-title';
import { useAgentNames, useChatDesk } from '../../chat/use-chats';
import { useDeskState } from '../../desk/desk-context';
import { DayTab } from './day-tab';
import { useAddress } from './use-address';
import { WeekTab } from './week-tab';

/** How an agent's day goes, beside another day, and their week. Supervisors may look at anybody's. */
export function ProductivityPage() {
  const { t } = useTranslation();
  const { address, go } = useAddress();
  const me = useDeskState((state) => state.me);
  const { agent = me } = address;
  const others = agent !== me;
  const name = useNameOf(others ? agent : '');
  if (!me) return null;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={others ? t('productivity.ofOther', { name }) : t('productivity.description')}
          actions={others && <Button onClick={() => go({ agent: undefined })}>{t('productivity.backToOwn')}</Button>}
        >
          {others ? t('productivity.titleOf', { name }) : t('nav.productivity')}
        </Header>
      }
    >
      <PageTitle title={t('nav.productivity')} />
      <Tabs
        activeTabId={address.tab}
        onChange={({ detail }) => go({ tab: detail.activeTabId === 'week' ? 'week' : 'day' })}
        tabs={[
          { id: 'day', label: t('productivity.day'), content: <DayTab key={agent} agentId={agent} /> },
          { id: 'week', label: t('productivity.week'), content: <WeekTab key={agent} agentId={agent} /> },
        ]}
      />
    </ContentLayout>
  );
}

/** The agent's name, which may have to be asked for: desks of agents know only themselves. */
function useNameOf(agentId: string): string {
  const nameOf = useAgentNames();
  const { actions } = useChatDesk();
  const missing = agentId !== '' && nameOf(agentId) === '';
  useEffect(() => {
    if (missing) void actions.loadColleagues();
  }, [missing, actions]);
  return nameOf(agentId) || agentId;
}
