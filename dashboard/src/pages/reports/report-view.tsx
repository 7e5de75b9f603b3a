import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../api/problem';
import type { Report, ReportQuery } from '../../api/reports-api';
import { ChartOrTable } from '../../app/chart-or-table';
import { FailureNote } from '../../app/failure-note';
import { onDemand } from '../../app/on-demand';
import { ReloadButton } from '../../app/reload-button';
import { useLoaded } from '../../app/use-loaded';
import { useDesk } from '../../desk/desk-context';
import { type Day, formatDay } from '../../i18n/days';
import type { ReportAddress } from './report-address';
import type { Range, Refusal } from './report-period';
import { ReportTable } from './report-table';
import { useReportFile } from './use-report-file';

const ReportChart = onDemand(async () => (await import('./report-chart')).ReportChart);

interface Props {
  address: ReportAddress;
  range: Range;
  today: Day;
  zone: string;
  onZone: (zone: string | undefined) => void;
  onChange: (change: Partial<ReportAddress>) => void;
}

/** The chosen report as a table or a chart, and as a file. */
export function ReportView({ address, range, today, zone, onZone, onChange }: Props) {
  const { reports } = useDesk();
  const { by, group, ids, view } = address;
  const query: ReportQuery = { ...range, by, group, ...(ids.length > 0 && { ids }) };
  const { data, busy, failure, error, reload } = useLoaded<ReportQuery, Report>(query, reports.report);
  useEffect(() => onZone(data?.zone), [data?.zone, onZone]);
  const name = useNameOf(address, range);
  const header = <ReportHeader {...{ name, query, view, busy }} onReload={() => void reload()} onChange={onChange} />;
  if (error instanceof Problem && error.slug === 'report-too-long') return <Refused refusal="tooManyRows" />;
  return (
    <SpaceBetween size="m">
      <FailureNote failure={failure} kept={data !== undefined} onRetry={() => void reload()} />
      {data && data.rows.length > 0 && view === 'table' ? (
        <ReportTable key={JSON.stringify(query)} report={data} name={name} zone={zone} header={header} />
      ) : (
        <Container header={header}>
          {!data ? (
            <Waiting failed={failure !== undefined} />
          ) : data.rows.length === 0 ? (
            <Nothing />
          ) : (
            <ReportChart {...{ report: data, range, today, zone, name }} figure={address.figure} onChange={onChange} />
          )}
        </Container>
      )}
    </SpaceBetween>
  );
}

/** What the report is called. */
function useNameOf({ group, by }: ReportAddress, { from, to }: Range): string {
  const { t, i18n } = useTranslation();
  const day = (one: Day) => formatDay(one, i18n.language, 'short');
  const period = from === to ? day(from) : t('figures.period', { from: day(from), to: day(to) });
  return t('reports.name', { group: t(`reports.group.${group}`), step: t(`reports.step.${by}`), period });
}

interface HeaderProps extends Pick<Props, 'onChange'> {
  name: string;
  query: ReportQuery;
  view: ReportAddress['view'];
  busy: boolean;
  onReload: () => void;
}

function ReportHeader({ name, query, view, busy, onReload, onChange }: HeaderProps) {
  const { t } = useTranslation();
  const file = useReportFile(query);
  const actions = (
    <div className="report-actions">
      <ChartOrTable view={view} onChange={(chosen) => onChange({ view: chosen })} />
      <ReloadButton busy={busy} onReload={onReload} />
      <Button
        iconName="download"
        loading={file.busy}
        loadingText={t('reports.preparing')}
        onClick={() => void file.download()}
      >
        {t('reports.download')}
      </Button>
    </div>
  );
  return (
    <SpaceBetween size="s">
      <Header variant="h2" actions={actions}>
        {name}
      </Header>
      {file.failed && (
        <Alert type="error" action={<Button onClick={() => void file.download()}>{t('app.retry')}</Button>}>
          {t('reports.downloadFailed')}
        </Alert>
      )}
      <div role="status">
        {file.saved && (
          <StatusIndicator type="success">{t('reports.downloaded', { name: file.saved })}</StatusIndicator>
        )}
      </div>
    </SpaceBetween>
  );
}

function Waiting({ failed }: { failed: boolean }) {
  const { t } = useTranslation();
  return failed ? (
    <StatusIndicator type="error">{t('figures.unknown')}</StatusIndicator>
  ) : (
    <StatusIndicator type="loading">{t('reports.loading')}</StatusIndicator>
  );
}

function Nothing() {
  const { t } = useTranslation();
  return (
    <Box textAlign="center" padding="l">
      <b>{t('reports.empty')}</b>
      <Box color="text-body-secondary">{t('reports.emptyText')}</Box>
    </Box>
  );
}

/** Why there is no such report, and what to do. */
export function Refused({ refusal }: { refusal: Refusal | 'tooManyRows' }) {
  const { t } = useTranslation();
  return <Alert type="warning">{t(`reports.refusal.${refusal}`)}</Alert>;
}
