import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type ReactNode, useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActivityDay, ActivityOfDay, DayQuery } from '../../api/activity-api';
import { FailureNote } from '../../app/failure-note';
import { ReloadButton } from '../../app/reload-button';
import { useLoaded } from '../../app/use-loaded';
import { useDesk } from '../../desk/desk-context';
import { useToday } from '../../desk/use-today';
import { useZone } from '../../desk/use-zone';
import { addDays, type Day } from '../../i18n/days';
import { ActivityWidget } from './activity-widget';
import { callsOf, queuesOf } from './calls';
import { followCalls } from './calls-end';
import { CompareField, LeftDay } from './day-headings';
import { LikingDialog } from './liking-dialog';
import { QueueFilter } from './queue-filter';
import { useAddress } from './use-address';
import { type Liking, useLiking } from './use-liking';

/** A day's calls by type, at the left, and those of the day to compare it with at the right. */
export function DayTab({ agentId }: { agentId: string }) {
  const { t } = useTranslation();
  const { activity } = useDesk();
  const [zone, learnZone] = useZone();
  const today = useToday(zone);
  const { address } = useAddress();
  const day = address.day ?? today;
  const compare = address.compare ?? addDays(day, -1);
  const { data, busy, failure, reload } = useLoaded<DayQuery, ActivityOfDay>(
    { agentId, date: day, compare },
    activity.day,
  );
  useEffect(() => learnZone(data?.zone), [data?.zone, learnZone]);
  useFreshness(agentId, reload);
  const [liking, like] = useLiking();
  const queues = queuesOf([data?.day, data?.compare].filter((one) => one !== undefined));
  return (
    <SpaceBetween size="l">
      <div className="activity-tools">
        <QueueFilter
          agentId={agentId}
          known={queues}
          value={liking.queueId}
          onChange={(queueId) => like({ queueId })}
        />
        <SpaceBetween size="xs" direction="horizontal">
          <ReloadButton busy={busy} onReload={() => void reload()} />
          <LikingDialog liking={liking} onChange={like} />
        </SpaceBetween>
      </div>
      <FailureNote failure={failure} kept={data !== undefined} onRetry={() => void reload()} />
      <div className="activity-columns">
        <DayColumn {...{ day, today, zone, liking, busy }} calls={data?.day}>
          <LeftDay day={day} today={today} />
        </DayColumn>
        <DayColumn {...{ today, zone, liking, busy }} day={compare} calls={data?.compare}>
          <CompareField day={compare} today={today} />
        </DayColumn>
      </div>
      {liking.types.length === 0 && <Box textAlign="center">{t('productivity.allHidden')}</Box>}
    </SpaceBetween>
  );
}

interface ColumnProps {
  day: Day;
  today: Day;
  zone: string;
  /** Undefined until they are known. */
  calls: ActivityDay | undefined;
  busy: boolean;
  liking: Liking;
  /** Its heading. */
  children: ReactNode;
}

/** The types of calls of one day. Both days' are level where they stand side by side. */
function DayColumn({ day, today, zone, calls, busy, liking, children }: ColumnProps) {
  return (
    <div className="activity-column" style={{ gridRow: `span ${liking.types.length + 1}` }}>
      {children}
      {liking.types.map((type) => (
        <ActivityWidget
          key={type}
          {...{ type, day, today, zone, liking }}
          calls={calls && callsOf(calls, type, liking.queueId)}
          waiting={busy}
        />
      ))}
    </div>
  );
}

/** The calls are fetched anew when one is over. */
function useFreshness(agentId: string, reload: () => Promise<ActivityOfDay | undefined>): void {
  const { store } = useDesk();
  const look = useCallback(
    async (contactId: string) => {
      const found = await reload();
      const lists = found ? [found.day.queueTaken, found.day.otherTaken, found.day.otherMade] : [];
      return lists.some(({ list }) => list.some((call) => call.contactId === contactId));
    },
    [reload],
  );
  useEffect(() => followCalls({ get: store.get, subscribe: store.subscribe, agentId, look }), [store, agentId, look]);
}
