import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import Spinner from '@cloudscape-design/components/spinner';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../desk/desk-context';

export function Loading() {
  const { t } = useTranslation();
  return (
    <Box textAlign="center" padding="xxl" color="text-body-secondary">
      <div role="status">
        <Spinner /> {t('app.loading')}
      </div>
    </Box>
  );
}

export function LoadFailed() {
  const { t } = useTranslation();
  const { retry } = useDesk();
  return (
    <ContentLayout header={<Header variant="h1">{t('loadFailed.title')}</Header>}>
      <Alert type="error" action={<Button onClick={retry}>{t('loadFailed.retry')}</Button>}>
        {t('loadFailed.text')}
      </Alert>
    </ContentLayout>
  );
}
