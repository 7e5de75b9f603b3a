import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';

interface Props {
  loading: boolean;
  failed: boolean;
  more: boolean;
  onMore: () => void;
  onRetry: () => void;
}

/** What stands below the list while it is not complete. */
export function ListFooter({ loading, failed, more, onMore, onRetry }: Props) {
  const { t } = useTranslation();
  if (loading) {
    return (
      <div className="conversation-list-footer" role="status">
        <StatusIndicator type="loading">{t('conversations.loading')}</StatusIndicator>
      </div>
    );
  }
  if (failed) {
    return (
      <div className="conversation-list-footer">
        <Alert type="error" action={<Button onClick={onRetry}>{t('conversations.retry')}</Button>}>
          {t('conversations.loadFailed')}
        </Alert>
      </div>
    );
  }
  if (!more) return null;
  return (
    <div className="conversation-list-footer">
      <Button fullWidth onClick={onMore}>
        {t('conversations.more')}
      </Button>
    </div>
  );
}
