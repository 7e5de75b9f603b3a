import DateRangePicker from '@cloudscape-design/components/date-range-picker';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { useTranslation } from 'react-i18next';
import { addDays, type Day, dayOfDate } from '../../i18n/days';
import { localeOf } from '../../i18n/locale';
import { Picks } from './picks';
import type { ReportAddress } from './report-address';
import { type Group, groups } from './report-figures';
import { presets, type Range, refusalOf, type Step, steps } from './report-period';

interface Props {
  address: ReportAddress;
  range: Range;
  today: Day;
  onChange: (change: Partial<ReportAddress>) => void;
}

/** Which report: of what time, of what, how finely, and of whom. */
export function ReportControls({ address, range, today, onChange }: Props) {
  const { t } = useTranslation();
  const { group, by, ids } = address;
  return (
    <div className="report-controls">
      <PresetField period={address.period} range={range} onChange={onChange} />
      <RangeField {...{ address, range, today, onChange }} />
      <ChoiceField<Group>
        label={t('reports.of')}
        value={group}
        options={groups.map((value) => ({ value, label: t(`reports.group.${value}`) }))}
        onChange={(value) => onChange({ group: value })}
      />
      <ChoiceField<Step>
        label={t('reports.by')}
        value={by}
        options={steps.map((value) => ({
          value,
          label: t(`reports.step.${value}`),
          disabled: value === 'hour' && group === 'agent',
          disabledReason: t('reports.refusal.agentsByHour'),
        }))}
        onChange={(value) => onChange({ by: value })}
      />
      {group !== 'channel' && <Picks group={group} ids={ids} onChange={(picked) => onChange({ ids: picked })} />}
    </div>
  );
}

const CHOSEN = 'chosen';

function PresetField({ period, range, onChange }: Pick<Props, 'range' | 'onChange'> & Pick<ReportAddress, 'period'>) {
  const { t } = useTranslation();
  const chosen = [{ value: CHOSEN, label: t('reports.preset.chosen') }];
  return (
    <ChoiceField
      label={t('reports.period')}
      value={typeof period === 'string' ? period : CHOSEN}
      options={[
        ...presets.map((value) => ({ value: value as string, label: t(`reports.preset.${value}`) })),
        ...chosen,
      ]}
      onChange={(value) => onChange({ period: presets.find((preset) => preset === value) ?? range })}
    />
  );
}

/** Days at the calendar; what makes no report is refused there, with the reason. */
function RangeField({ address, range, today, onChange }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <FormField label={t('reports.days')}>
      <DateRangePicker
        value={{ type: 'absolute', startDate: range.from, endDate: range.to }}
        relativeOptions={[]}
        rangeSelectorMode="absolute-only"
        dateOnly
        locale={localeOf(i18n.language)}
        absoluteFormat="long-localized"
        showClearButton={false}
        expandToViewport
        isDateEnabled={(date) => dayOfDate(date) <= today && dayOfDate(date) > addDays(today, -KEPT_DAYS)}
        isValidRange={(value) => {
          if (value?.type !== 'absolute' || !value.startDate || !value.endDate)
            return { valid: false, errorMessage: t('reports.refusal.incomplete') };
          const refusal = refusalOf(rangeOfPicker(value), address.by, address.group, today);
          return refusal ? { valid: false, errorMessage: t(`reports.refusal.${refusal}`) } : { valid: true };
        }}
        onChange={({ detail: { value } }) => value?.type === 'absolute' && onChange({ period: rangeOfPicker(value) })}
      />
    </FormField>
  );
}

/** Figures are kept so long. */
const KEPT_DAYS = 400;

const rangeOfPicker = ({ startDate, endDate }: { startDate: string; endDate: string }): Range => ({
  from: startDate.slice(0, 10),
  to: endDate.slice(0, 10),
});

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  options: { value: T; label: string; disabled?: boolean; disabledReason?: string }[];
  onChange: (value: T) => void;
}

function ChoiceField<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <FormField label={label}>
      <Select
        selectedOption={options.find((option) => option.value === value) ?? null}
        options={options}
        expandToViewport
        onChange={({ detail }) => {
          const chosen = options.find((option) => option.value === detail.selectedOption.value);
          if (chosen) onChange(chosen.value);
        }}
      />
    </FormField>
  );
}
