import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { Recording } from '../../api/model';
import { Loading } from '../../app/loading';
import { PageTitle } from '../../app/page-title';
import { useDesk } from '../../desk/desk-context';
import { useRecordings } from '../../recordings/use-recordings';
import { listHref } from './hrefs';
import type { ListNews } from './news';
import { RecordingForm } from './recording-form';

/** A new message, or the one that the address names. */
export function RecordingFormPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id = '' } = useParams();
  const { recordings } = useRecordings();
  const stored = recordings.find((recording) => recording.id === id);
  const title = t(id ? 'recordings.edit' : 'recordings.add');
  const back = (archived: boolean, news?: ListNews) => void navigate(listHref(archived), { state: news });
  return (
    <ContentLayout header={<Header variant="h1">{title}</Header>}>
      <PageTitle title={title} />
      {id && !stored ? (
        <Missing />
      ) : (
        <RecordingForm
          key={id}
          stored={stored}
          tags={tagsOf(recordings)}
          onSaved={({ name, archived }) => back(archived, { what: 'saved', name })}
          onCancel={() => back(stored?.archived ?? false)}
        />
      )}
    </ContentLayout>
  );
}

/** There is none with this id, or not yet. */
function Missing() {
  const { t } = useTranslation();
  const desk = useDesk();
  const { phase } = useRecordings();
  if (phase === 'idle' || phase === 'loading') return <Loading />;
  if (phase === 'ready') return <Alert type="warning">{t('recordings.gone')}</Alert>;
  return (
    <Alert type="error" action={<Button onClick={() => void desk.recordings.load()}>{t('recordings.retry')}</Button>}>
      {t('recordings.loadFailed')}
    </Alert>
  );
}

const tagsOf = (recordings: readonly Recording[]): string[] =>
  [...new Set(recordings.flatMap(({ tags }) => tags))].sort((a, b) => a.localeCompare(b));
