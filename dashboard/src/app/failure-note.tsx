import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { useTranslation } from 'react-i18next';
import type { ErrorKey } from '../desk/failure';

interface Props {
  failure: ErrorKey | undefined;
  /** Whether what was fetched before is still shown. */
  kept: boolean;
  onRetry: () => void;
}

/** Says that figures could not be fetched, what is shown meanwhile, and how to go on. */
export function FailureNote({ failure, kept, onRetry }: Props) {
  const { t } = useTranslation();
  if (!failure) return null;
  const known = failure === 'forbidden' || failure === 'notFound' || failure === 'signedOut';
  return (
    <Alert type="error" action={!known && <Button onClick={onRetry}>{t('app.retry')}</Button>}>
      {known ? t(`figures.${failure}`) : t(kept ? 'figures.failedKept' : 'figures.failed')}
    </Alert>
  );
}
