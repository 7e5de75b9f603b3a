import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActivityOfWeek, WeekQuery } from '../../api/activity-api';
import { FailureNote } from '../../app/failure-note';
import { onDemand } from '../../app/on-demand';
import { useLoaded } from '../../app/use-loaded';
import { useDesk } from '../../desk/desk-context';
import { useToday } from '../../desk/use-today';
import { useZone } from '../../desk/use-zone';
import { addDays, formatDay, mondayOf } from '../../i18n/days';
import { followCalls } from './calls-end';
import { useAddress } from './use-address';
import { type Liking, useLiking } from './use-liking';
import { callsOn } from './week';
import { WeekTable } from './week-table';
import { WeekTools } from './week-tools';

const WeekChart = onDemand(async () => (await import('./week-chart')).WeekChart);

/** The calls of a week, by day and by type: as a chart, or as a table. */
export function WeekTab({ agentId }: { agentId: string }) {
  const { t, i18n } = useTranslation();
  const { activity } = useDesk();
  const [zone, learnZone] = useZone();
  const today = useToday(zone);
  const { address } = useAddress();
  const from = mondayOf(address.week ?? today);
  const { data, busy, failure, reload } = useLoaded<WeekQuery, ActivityOfWeek>({ agentId, from }, activity.week);
  useEffect(() => learnZone(data?.zone), [data?.zone, learnZone]);
  useFreshness(agentId, data && callsOn(data.total), reload);
  const [liking, like] = useLiking();
  const period = t('figures.period', {
    from: formatDay(from, i18n.language, 'short'),
    to: formatDay(addDays(from, 6), i18n.language, 'short'),
  });
  return (
    <SpaceBetween size="l">
      <WeekTools from={from} today={today} busy={busy} onReload={() => void reload()} liking={liking} onLike={like} />
      <FailureNote failure={failure} kept={data !== undefined} onRetry={() => void reload()} />
      <Container header={<Header variant="h2">{period}</Header>}>
        {data ? (
          <Week week={data} as={liking.weekAs} name={period} />
        ) : failure ? (
          <StatusIndicator type="error">{t('figures.unknown')}</StatusIndicator>
        ) : (
          <StatusIndicator type="loading">{t('app.loading')}</StatusIndicator>
        )}
      </Container>
    </SpaceBetween>
  );
}

function Week({ week, as, name }: { week: ActivityOfWeek; as: Liking['weekAs']; name: string }) {
  const { t } = useTranslation();
  if (as === 'table') return <WeekTable week={week} name={name} />;
  if (callsOn(week.total) === 0) return <Box textAlign="center">{t('productivity.noneThisWeek')}</Box>;
  return <WeekChart days={week.days} name={name} />;
}

/** The week is fetched anew when a call is over, until it has one more. */
function useFreshness(
  agentId: string,
  calls: number | undefined,
  reload: () => Promise<ActivityOfWeek | undefined>,
): void {
  const { store } = useDesk();
  const before = useRef(calls);
  useEffect(() => {
    before.current = calls;
  }, [calls]);
  const look = useCallback(async () => {
    const known = before.current;
    const found = await reload();
    return found !== undefined && callsOn(found.total) !== known;
  }, [reload]);
  useEffect(() => followCalls({ get: store.get, subscribe: store.subscribe, agentId, look }), [store, agentId, look]);
}
