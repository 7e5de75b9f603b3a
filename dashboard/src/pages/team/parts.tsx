import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { secondsBetween, useServerNow } from '../../desk/use-server-now';
import { formatDuration } from '../../i18n/format';

/** Ticks; alone, so that nothing else is drawn anew every second. */
export function Since({ since }: { since: string | undefined }) {
  const now = useServerNow();
  return since ? <span className="clock">{formatDuration(secondsBetween(since, now))}</span> : null;
}

export function Until({ until }: { until: string }) {
  const now = useServerNow();
  return <span className="clock">{formatDuration(secondsBetween(now, until))}</span>;
}

/** There may be something newer, which could not be fetched. */
export function Stale({ text, onRetry }: { text: string; onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert type="warning" action={<Button onClick={onRetry}>{t('app.retry')}</Button>}>
      {text}
    </Alert>
  );
}

export function Empty({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  return (
    <Box textAlign="center" color="inherit">
      <SpaceBetween size="xs">
        <b>{title}</b>
        {text && <Box color="inherit">{text}</Box>}
        {children}
      </SpaceBetween>
    </Box>
  );
}

interface PagesProps {
  page: number;
  count: number;
  onChange: (page: number) => void;
}

/** Shown only where there is more than one page. */
export function Pages({ page, count, onChange }: PagesProps) {
  const { t } = useTranslation();
  if (count <= 1) return null;
  return (
    <Pagination
      currentPageIndex={page}
      pagesCount={count}
      onChange={({ detail }) => onChange(detail.currentPageIndex)}
      ariaLabels={{
        nextPageLabel: t('team.nextPage'),
        previousPageLabel: t('team.previousPage'),
        pageLabel: (number) => t('team.pageOf', { page: number }),
      }}
    />
  );
}

/** A page of a list, and how many there are. */
export function paged(ids: readonly string[], wanted: number, size: number) {
  const count = Math.max(1, Math.ceil(ids.length / size));
  const page = Math.min(wanted, count);
  return { shown: ids.slice((page - 1) * size, page * size), page, count };
}
