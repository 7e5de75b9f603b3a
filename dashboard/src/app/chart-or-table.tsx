import SegmentedControl from '@cloudscape-design/components/segmented-control';
import { useTranslation } from 'react-i18next';

export type View = 'chart' | 'table';

/** Chooses between a chart and the table that says the same. */
export function ChartOrTable({ view, onChange }: { view: View; onChange: (view: View) => void }) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      label={t('figures.showAs')}
      selectedId={view}
      options={[
        { id: 'chart', text: t('figures.chart') },
        { id: 'table', text: t('figures.table') },
      ]}
      onChange={({ detail }) => onChange(detail.selectedId === 'table' ? 'table' : 'chart')}
    />
  );
}
