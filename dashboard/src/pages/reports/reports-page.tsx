import '../../styles/reports.css';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { PageTitle } from '../../app/page-title';
import { useDeskState } from '../../desk/desk-context';
import { selectMe } from '../../desk/selectors';
import { supervises } from '../../desk/supervises';
import { useToday } from '../../desk/use-today';
import { useZone } from '../../desk/use-zone';
import { Definitions } from './definitions';
import { addressOf, changed, type ReportAddress, searchOf } from './report-address';
import { ReportControls } from './report-controls';
import { rangeOf, refusalOf } from './report-period';
import { Refused, ReportView } from './report-view';

/** Figures of the past, by time and by queue, agent, campaign or channel. */
export function ReportsPage() {
  const { t } = useTranslation();
  const me = useDeskState(selectMe);
  if (!me) return null;
  return (
    <>
      <PageTitle title={t('nav.reports')} />
      {supervises(me) ? <Reports /> : <NotSupervisor />}
    </>
  );
}

function Reports() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const [zone, learnZone] = useZone();
  const today = useToday(zone);
  const [explains, setExplains] = useState(false);
  const address = addressOf(search);
  const change = useCallback(
    (part: Partial<ReportAddress>) => setSearch((now) => searchOf(changed(addressOf(now), part))),
    [setSearch],
  );
  const range = rangeOf(address.period, today);
  const refusal = refusalOf(range, address.by, address.group, today);
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={t('reports.description')}
          actions={<Button onClick={() => setExplains(true)}>{t('reports.definitions')}</Button>}
        >
          {t('nav.reports')}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <ReportControls address={address} range={range} today={today} onChange={change} />
        {refusal ? (
          <Refused refusal={refusal} />
        ) : (
          <ReportView {...{ address, range, today, zone }} onZone={learnZone} onChange={change} />
        )}
      </SpaceBetween>
      {explains && <Definitions group={address.group} onDismiss={() => setExplains(false)} />}
    </ContentLayout>
  );
}

function NotSupervisor() {
  const { t } = useTranslation();
  return (
    <ContentLayout header={<Header variant="h1">{t('team.notSupervisorTitle')}</Header>}>
      <Box>
        {t('reports.notSupervisor')} <Link href="/productivity">{t('nav.productivity')}</Link>
      </Box>
    </ContentLayout>
  );
}
