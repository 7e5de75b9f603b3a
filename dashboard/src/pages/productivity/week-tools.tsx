import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { ChartOrTable } from '../../app/chart-or-table';
import { ReloadButton } from '../../app/reload-button';
import { addDays, type Day, mondayOf } from '../../i18n/days';
import { useAddress } from './use-address';
import type { Liking } from './use-liking';

interface ToolsProps {
  from: Day;
  today: Day;
  busy: boolean;
  onReload: () => void;
  liking: Liking;
  onLike: (change: Partial<Liking>) => void;
}

/** Leads to other weeks, and to the other way of showing them. */
export function WeekTools({ from, today, busy, onReload, liking, onLike }: ToolsProps) {
  const { t } = useTranslation();
  const { go } = useAddress();
  const isThis = from === mondayOf(today);
  const move = (weeks: number) => {
    const monday = addDays(from, 7 * weeks);
    go({ week: monday === mondayOf(today) ? undefined : monday });
  };
  return (
    <div className="activity-tools">
      <SpaceBetween size="xs" direction="horizontal">
        <Button iconName="angle-left" onClick={() => move(-1)}>
          {t('productivity.previousWeek')}
        </Button>
        <Button iconName="angle-right" iconAlign="right" disabled={from >= mondayOf(today)} onClick={() => move(1)}>
          {t('productivity.nextWeek')}
        </Button>
        {!isThis && <Button onClick={() => go({ week: undefined })}>{t('productivity.thisWeek')}</Button>}
      </SpaceBetween>
      <SpaceBetween size="xs" direction="horizontal">
        <ChartOrTable view={liking.weekAs} onChange={(weekAs) => onLike({ weekAs })} />
        <ReloadButton busy={busy} onReload={onReload} />
      </SpaceBetween>
    </div>
  );
}
