import Button from '@cloudscape-design/components/button';
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import { type RefCallback, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays, type Day, dayOfDate, formatDay, isDay } from '../../i18n/days';
import { localeOf } from '../../i18n/locale';
import { useAddress } from './use-address';

/** The log goes back so far. */
const KEPT_DAYS = 400;

interface Props {
  day: Day;
  today: Day;
}

/** Names the day at the left, which is today unless the address says another. */
export function LeftDay({ day, today }: Props) {
  const { t, i18n } = useTranslation();
  const { go } = useAddress();
  return (
    <div className="activity-day">
      <h2>{day === today ? t('productivity.today') : formatDay(day, i18n.language, 'long')}</h2>
      {day === today ? (
        <span className="quiet">{formatDay(day, i18n.language, 'long')}</span>
      ) : (
        <Button variant="inline-link" onClick={() => go({ day: undefined, compare: undefined })}>
          {t('productivity.backToToday')}
        </Button>
      )}
    </div>
  );
}

/** The day at the right, which the person picks. */
export function CompareField({ day, today }: Props) {
  const { t, i18n } = useTranslation();
  const { go } = useAddress();
  const named = useDialogName(t('productivity.compareWith'));
  return (
    <div className="activity-day">
      <h2>{formatDay(day, i18n.language, 'dated')}</h2>
      <div ref={named}>
        <FormField label={t('productivity.compareWith')}>
          <DatePicker
            value={day}
            placeholder={t('productivity.dayPlaceholder')}
            locale={localeOf(i18n.language)}
            openCalendarAriaLabel={(chosen) => t('productivity.pickDay', { day: chosen ?? '' })}
            isDateEnabled={(date) => {
              const one = dayOfDate(date);
              return one <= today && one > addDays(today, -KEPT_DAYS);
            }}
            dateDisabledReason={(date) => t(dayOfDate(date) > today ? 'productivity.future' : 'productivity.tooOld')}
            onChange={({ detail }) => isDay(detail.value) && detail.value <= today && go({ compare: detail.value })}
          />
        </FormField>
      </div>
    </div>
  );
}

/** Names the calendar that opens within an element: Cloudscape's has no name, and takes none. */
function useDialogName(name: string): RefCallback<HTMLElement> {
  return useCallback(
    (element) => {
      if (!element) return;
      const observer = new MutationObserver(() => {
        element.querySelector('[role=dialog]:not([aria-label])')?.setAttribute('aria-label', name);
      });
      observer.observe(element, { childList: true, subtree: true });
      return () => observer.disconnect();
    },
    [name],
  );
}
