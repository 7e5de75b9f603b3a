import BarChart from '@cloudscape-design/components/bar-chart';
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import LineChart from '@cloudscape-design/components/line-chart';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import type { Report, ReportRow } from '../../api/reports-api';
import type { Day } from '../../i18n/days';
import type { ReportAddress } from './report-address';
import { type FigureName, figuresOf, unitOf } from './report-figures';
import { type Range, slotsOf } from './report-period';
import { barsOf, howMany, linesOf } from './report-series';
import { useFigureFormat, useNameOf, useTimeOf } from './use-format';

interface Props {
  report: Report;
  range: Range;
  today: Day;
  zone: string;
  name: string;
  figure: FigureName;
  onChange: (change: Partial<ReportAddress>) => void;
}

/** One figure of a report over time, of those with most to do; of one period, beside each other. */
export function ReportChart({ report, figure, onChange, ...rest }: Props) {
  const { t } = useTranslation();
  const named = useNamed(report);
  const options = figuresOf[report.group].map((value) => ({ value, label: t(`reports.figure.${value}`) }));
  return (
    <SpaceBetween size="m">
      <div className="report-figure">
        <FormField label={t('reports.chartOf')}>
          <Select
            selectedOption={options.find(({ value }) => value === figure) ?? null}
            options={options}
            onChange={({ detail }) => {
              const chosen = options.find(({ value }) => value === detail.selectedOption.value);
              if (chosen) onChange({ figure: chosen.value });
            }}
          />
        </FormField>
      </div>
      {report.by === 'period' ? (
        <Bars report={named} figure={figure} name={rest.name} />
      ) : (
        <Lines report={named} figure={figure} {...rest} />
      )}
    </SpaceBetween>
  );
}

/** The report, with the names that are shown. */
function useNamed(report: Report): Report {
  const nameOf = useNameOf(report.group);
  return { ...report, rows: report.rows.map((row) => ({ ...row, name: nameOf(row) })) };
}

function useAxis(figure: FigureName) {
  const { t } = useTranslation();
  const format = useFigureFormat();
  const whole = unitOf(figure) === 'number';
  return {
    yTitle: t(`reports.figure.${figure}`),
    i18nStrings: { yTickFormatter: (y: number) => (whole && !Number.isInteger(y) ? '' : format(figure, y)) },
    valueFormatter: (y: number) => format(figure, y),
  };
}

/** The axis ends above the highest value; rates have the whole as their end. */
const endOf = (figure: FigureName, values: readonly number[]): number =>
  unitOf(figure) === 'percent' ? 100 : Math.max(1, ...values);

function Lines({ report, range, today, zone, name, figure }: Omit<Props, 'onChange'>) {
  const { t } = useTranslation();
  const timeOf = useTimeOf(report.by, zone);
  const { valueFormatter, ...axis } = useAxis(figure);
  const times = timesOf(report, range, today, timeOf);
  const lines = linesOf(report.rows, figure, { all: times, of: timeOf });
  const left = howMany(report.rows) - lines.length;
  return (
    <>
      <LineChart<string>
        {...axis}
        hideFilter
        height={320}
        xScaleType="categorical"
        xDomain={times}
        yDomain={[
          0,
          endOf(
            figure,
            lines.flatMap(({ data }) => data.map(({ y }) => y)),
          ),
        ]}
        xTitle={t(`reports.time.${report.by}`)}
        series={lines.map(({ name: title, data }) => ({ type: 'line', title, data, valueFormatter }))}
        ariaLabel={t('reports.chartLabel', { figure: t(`reports.figure.${figure}`), name })}
      />
      {left > 0 && <Box color="text-body-secondary">{t('reports.leftOut', { count: left })}</Box>}
    </>
  );
}

/** By day and by month every time of the period is at the axis, by hour those in which anything happened. */
function timesOf(report: Report, range: Range, today: Day, timeOf: (row: Pick<ReportRow, 'date' | 'from'>) => string) {
  if (report.by === 'day' || report.by === 'month') {
    return slotsOf(range, report.by, today).map((date) => timeOf({ date, from: '' }));
  }
  return [...new Set(report.rows.map(timeOf))];
}

function Bars({ report, name, figure }: { report: Report; name: string; figure: FigureName }) {
  const { t } = useTranslation();
  const { valueFormatter, ...axis } = useAxis(figure);
  const data = barsOf(report.rows, figure);
  const left = howMany(report.rows) - data.length;
  return (
    <>
      <BarChart<string>
        {...axis}
        hideFilter
        hideLegend
        horizontalBars
        height={Math.max(160, 36 * data.length)}
        xScaleType="categorical"
        xDomain={data.map(({ x }) => x)}
        yDomain={[
          0,
          endOf(
            figure,
            data.map(({ y }) => y),
          ),
        ]}
        xTitle={t(`reports.one.${report.group}`)}
        series={[{ type: 'bar', title: axis.yTitle, data, valueFormatter }]}
        ariaLabel={t('reports.chartLabel', { figure: axis.yTitle, name })}
      />
      {left > 0 && <Box color="text-body-secondary">{t('reports.leftOut', { count: left })}</Box>}
    </>
  );
}
