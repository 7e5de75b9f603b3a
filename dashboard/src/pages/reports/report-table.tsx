import { useCollection } from '@cloudscape-design/collection-hooks';
import CollectionPreferences from '@cloudscape-design/components/collection-preferences';
import Pagination from '@cloudscape-design/components/pagination';
import Table from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Report } from '../../api/reports-api';
import { keptNames, useKept } from '../../settings/use-kept';
import { type Row, totalOf, useColumns } from './columns';
import { type FigureName, figuresOf, firstFigures } from './report-figures';

interface Props {
  report: Report;
  name: string;
  zone: string;
  header: ReactNode;
}

const pageSizes = [25, 50, 100];

interface Liking {
  figures: FigureName[];
  pageSize: number;
}

function useLiking(group: Report['group']): [Liking, (liking: Liking) => void] {
  return useKept(`report.${group}`, (kept): Liking => {
    const { figures, pageSize } = (kept ?? {}) as Record<string, unknown>;
    const [usual = 25] = pageSizes;
    return {
      figures: keptNames(figures, figuresOf[group], firstFigures(group)),
      pageSize: pageSizes.find((size) => size === pageSize) ?? usual,
    };
  });
}

/** The rows of a report, under their total. The key of the element must tell reports apart. */
export function ReportTable({ report, name, zone, header }: Props) {
  const { t } = useTranslation();
  const [liking, like] = useLiking(report.group);
  const columns = useColumns(report, zone);
  const { items, collectionProps, paginationProps } = useCollection<Row>(report.rows, {
    pagination: { pageSize: liking.pageSize },
    sorting: {},
  });
  const shown = ['time', 'name', ...liking.figures];
  return (
    <Table
      {...collectionProps}
      items={[totalOf(report, t('figures.total')), ...items]}
      columnDefinitions={columns.filter(({ id }) => shown.includes(id))}
      header={header}
      variant="container"
      contentDensity="compact"
      stickyColumns={{ first: report.by === 'period' ? 1 : 0 }}
      trackBy={({ total, from, id }) => `${total} ${from} ${id}`}
      wrapLines
      ariaLabels={{ tableLabel: name }}
      pagination={report.rows.length > liking.pageSize && <Pagination {...paginationProps} />}
      preferences={
        <CollectionPreferences
          title={t('productivity.preferences')}
          confirmLabel={t('figures.apply')}
          cancelLabel={t('figures.cancel')}
          preferences={{ pageSize: liking.pageSize, visibleContent: liking.figures }}
          pageSizePreference={{
            title: t('reports.pageSize'),
            options: pageSizes.map((value) => ({ value, label: t('reports.rows', { count: value }) })),
          }}
          visibleContentPreference={{
            title: t('productivity.shown'),
            options: [
              {
                label: t('productivity.figuresShown'),
                options: figuresOf[report.group].map((id) => ({ id, label: t(`reports.figure.${id}`) })),
              },
            ],
          }}
          onConfirm={({ detail }) =>
            like({
              figures: keptNames(detail.visibleContent, figuresOf[report.group]),
              pageSize: detail.pageSize ?? liking.pageSize,
            })
          }
        />
      }
    />
  );
}
