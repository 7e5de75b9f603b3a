import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import type { CallCount, LoggedCall } from '../../api/activity-api';
import { type Day, formatDay } from '../../i18n/days';
import { formatCount, formatDuration } from '../../i18n/format';
import { CallTable } from './call-table';
import { type CallType, countCalls, type FigureName } from './calls';
import type { Liking } from './use-liking';

interface Props {
  type: CallType;
  day: Day;
  today: Day;
  zone: string;
  /** Undefined until they are known. */
  calls: LoggedCall[] | undefined;
  waiting: boolean;
  liking: Liking;
}

/** One type of calls of a day: how many and how long, and one by one. */
export function ActivityWidget({ type, day, today, zone, calls, waiting, liking }: Props) {
  const { t, i18n } = useTranslation();
  const title = t(`productivity.${type}`);
  const name = t('productivity.ofDay', { what: title, day: formatDay(day, i18n.language, 'long') });
  return (
    <section aria-label={name} className="activity-widget">
      <Container fitHeight header={<Header variant="h3">{title}</Header>}>
        {calls ? (
          <div className="activity-content">
            {liking.figures.length > 0 && <Figures count={countCalls(calls)} shown={liking.figures} />}
            {liking.lists && (
              <CallTable
                name={name}
                calls={calls}
                type={type}
                zone={zone}
                shown={liking.columns}
                empty={t(day === today ? 'productivity.noneToday' : 'productivity.none')}
              />
            )}
          </div>
        ) : waiting ? (
          <StatusIndicator type="loading">{t('app.loading')}</StatusIndicator>
        ) : (
          <StatusIndicator type="error">{t('figures.unknown')}</StatusIndicator>
        )}
      </Container>
    </section>
  );
}

function Figures({ count, shown }: { count: CallCount; shown: readonly FigureName[] }) {
  const { t, i18n } = useTranslation();
  const duration = (seconds: number | undefined) =>
    seconds === undefined ? t('figures.none') : formatDuration(Math.round(seconds));
  const values: Record<FigureName, string> = {
    calls: formatCount(count.calls, i18n.language),
    talk: duration(count.talkSeconds),
    averageTalk: duration(count.averageTalkSeconds),
    handle: duration(count.handleSeconds),
    averageHandle: duration(count.averageHandleSeconds),
  };
  return (
    <KeyValuePairs
      columns={3}
      minColumnWidth={110}
      items={shown.map((figure) => ({
        label: t(`productivity.figure.${figure}`),
        value: <span className={figure === 'calls' ? 'activity-number' : 'activity-time'}>{values[figure]}</span>,
      }))}
    />
  );
}
