import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agent } from '../../api/model';
import { PageTitle } from '../../app/page-title';
import { useDesk, useDeskState } from '../../desk/desk-context';
import { selectMe } from '../../desk/selectors';
import { supervises } from '../../desk/supervises';
import { useColumns } from './columns';

/** The supervisor's view of everybody, kept by patches; loaded anew whenever the connection comes back. */
export function TeamPage() {
  const { t } = useTranslation();
  const me = useDeskState(selectMe);
  if (!me) return null;
  return (
    <>
      <PageTitle title={t('nav.team')} />
      {supervises(me) ? <Team /> : <NotSupervisor />}
    </>
  );
}

function useTeam(): { agents: Agent[]; loading: boolean } {
  const { i18n } = useTranslation();
  const { actions } = useDesk();
  const link = useDeskState((state) => state.link);
  const known = useDeskState((state) => state.agents);
  const [loading, setLoading] = useState(true);
  useEffect(() => {
    if (link === 'up') void actions.loadTeam().finally(() => setLoading(false));
  }, [link, actions]);
  const agents = useMemo(() => {
    const { compare } = new Intl.Collator(i18n.language);
    return Object.values(known).sort((a, b) => compare(a.name, b.name));
  }, [known, i18n.language]);
  return { agents, loading };
}

function Team() {
  const { t } = useTranslation();
  const { agents, loading } = useTeam();
  const { items, collectionProps, filterProps, filteredItemsCount, actions } = useCollection(agents, {
    filtering: {
      fields: ['name'],
      empty: <Empty title={t('team.empty')} text={t('team.emptyText')} />,
      noMatch: (
        <Box textAlign="center">
          <SpaceBetween size="xs">
            <b>{t('team.noMatch')}</b>
            <Button onClick={() => actions.setFiltering('')}>{t('team.clearFilter')}</Button>
          </SpaceBetween>
        </Box>
      ),
    },
    selection: { trackBy: 'id' },
  });
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={t('team.description')}>
          {t('team.title')}
        </Header>
      }
    >
      <Table
        items={items}
        columnDefinitions={useColumns()}
        loading={loading && agents.length <= 1}
        loadingText={t('team.loading')}
        wrapLines
        ariaLabels={{ tableLabel: t('team.title') }}
        {...collectionProps}
        filter={
          <TextFilter
            {...filterProps}
            filteringPlaceholder={t('team.find')}
            filteringAriaLabel={t('team.find')}
            countText={t('team.matches', { count: filteredItemsCount ?? 0 })}
          />
        }
      />
    </ContentLayout>
  );
}

function Empty({ title, text }: { title: string; text: string }) {
  return (
    <Box textAlign="center" color="inherit">
      <b>{title}</b>
      <Box color="inherit">{text}</Box>
    </Box>
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
