import Box from '@cloudscape-design/components/box';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PageTitle } from '../../app/page-title';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <ContentLayout header={<Header variant="h1">{t('notFound.title')}</Header>}>
      <PageTitle title={t('notFound.title')} />
      <Box>
        <p>{t('notFound.text')}</p>
        <Link to="/desk">{t('notFound.back')}</Link>
      </Box>
    </ContentLayout>
  );
}
