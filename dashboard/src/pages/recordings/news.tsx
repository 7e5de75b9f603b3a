import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

/** What was just done with a message. */
export interface ListNews {
  what: 'saved' | 'archived' | 'unarchived' | 'deleted';
  name: string;
}

/** Says what was just done. The row that was clicked may be gone, so the focus comes here. */
export function News({ news }: { news: ListNews | undefined }) {
  const { t } = useTranslation();
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (news) line.current?.focus();
  }, [news]);
  if (!news) return null;
  return (
    <p ref={line} className="recordings-news" tabIndex={-1}>
      <StatusIndicator type="success">{t(`recordings.${news.what}`, { name: news.name })}</StatusIndicator>
    </p>
  );
}
