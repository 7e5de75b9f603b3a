import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

/** What was just done with a message. */
export interface PageNews {
  what: 'done' | 'open' | 'deleted';
  name: string;
}

const texts = { done: 'voicemail.isDone', open: 'voicemail.isOpen', deleted: 'recordings.deleted' } as const;

/** Says what was just done. The row that was clicked is gone, so the focus comes here. */
export function News({ news }: { news: PageNews | undefined }) {
  const { t } = useTranslation();
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (news) line.current?.focus();
  }, [news]);
  if (!news) return null;
  return (
    <p ref={line} className="voicemail-news" tabIndex={-1}>
      <StatusIndicator type="success">{t(texts[news.what], { name: news.name })}</StatusIndicator>
    </p>
  );
}
