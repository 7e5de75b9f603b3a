import BarChart from '@cloudscape-design/components/bar-chart';
import { useTranslation } from 'react-i18next';
import type { DayCount } from '../../api/activity-api';
import { formatDay } from '../../i18n/days';
import { formatCount } from '../../i18n/format';
import { DayLink } from './day-link';
import { highest, seriesOf } from './week';

/** The days' calls as bars, one upon the other by type. */
export function WeekChart({ days, name }: { days: readonly DayCount[]; name: string }) {
  const { t, i18n } = useTranslation();
  const names = days.map((day) => formatDay(day.date, i18n.language, 'axis'));
  return (
    <BarChart
      stackedBars
      hideFilter
      height={280}
      xScaleType="categorical"
      xDomain={names}
      yDomain={[0, highest(days)]}
      xTitle={t('productivity.dayAxis')}
      yTitle={t('productivity.figure.calls')}
      series={seriesOf(days, (type) => t(`productivity.${type}`), i18n.language)}
      ariaLabel={t('productivity.weekChart', { week: name })}
      i18nStrings={{ yTickFormatter: (calls) => (Number.isInteger(calls) ? formatCount(calls, i18n.language) : '') }}
      detailPopoverFooter={(shown) => {
        const day = days[names.indexOf(shown)];
        return day && <DayLink day={day.date}>{t('productivity.openDay')}</DayLink>;
      }}
    />
  );
}
