import Button from '@cloudscape-design/components/button';
import { useTranslation } from 'react-i18next';

/** The colleagues could not be fetched: whom the list has of them may be out of date. */
export function ColleaguesMissing({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <p className="dial-failed">
      {t('whom.failed')} <Button onClick={onRetry}>{t('app.retry')}</Button>
    </p>
  );
}
