import '../../styles/recordings.css';
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import type { Recording } from '../../api/model';
import { PageTitle } from '../../app/page-title';
import { useDesk } from '../../desk/desk-context';
import { type ErrorKey, errorKeyOf } from '../../desk/failure';
import { draftOf } from '../../recordings/recording-draft';
import { useRecordings } from '../../recordings/use-recordings';
import { DeleteDialog } from './delete-dialog';
import { listHref, newHref } from './hrefs';
import { type ListNews, News } from './news';
import { RecordingTable } from './recording-table';
import { Unsaved } from './unsaved';

/** The agent's recorded messages: those to be played, and the archive. */
export function RecordingsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const archive = useSearchParams()[0].has('archive');
  const { recordings } = useRecordings();
  const [news, setNews] = useState(useLocation().state as ListNews | undefined);
  const [deleting, setDeleting] = useState<Recording>();
  const { archiving, failure, setArchived } = useArchiving(setNews);
  const count = (archived: boolean) => recordings.filter((recording) => recording.archived === archived).length;
  const table = (
    <RecordingTable
      archive={archive}
      archiving={archiving}
      onArchive={(recording) => void setArchived(recording, !recording.archived)}
      onDelete={setDeleting}
    />
  );
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={t('recordings.description')}
          actions={
            <Button variant="primary" onClick={() => void navigate(newHref)}>
              {t('recordings.add')}
            </Button>
          }
        >
          {t('recordings.title')}
        </Header>
      }
    >
      <PageTitle title={t('recordings.title')} />
      <SpaceBetween size="m">
        <Unsaved />
        {failure && <Alert type="error">{t(`error.${failure}`)}</Alert>}
        <News news={news} />
        <Tabs
          activeTabId={archive ? 'archive' : 'recordings'}
          onChange={({ detail }) => void navigate(listHref(detail.activeTabId === 'archive'), { replace: true })}
          tabs={[
            { id: 'recordings', label: t('recordings.tab', { number: count(false) }), content: table },
            { id: 'archive', label: t('recordings.archiveTab', { number: count(true) }), content: table },
          ]}
        />
      </SpaceBetween>
      {deleting && (
        <DeleteDialog
          recording={deleting}
          onDismiss={() => setDeleting(undefined)}
          onDeleted={() => {
            setDeleting(undefined);
            setNews({ what: 'deleted', name: deleting.name });
          }}
        />
      )}
    </ContentLayout>
  );
}

/** Puts messages into the archive and takes them out, each once. */
function useArchiving(onDone: (news: ListNews) => void) {
  const { recordings } = useDesk();
  const [archiving, setArchiving] = useState('');
  const [failure, setFailure] = useState<ErrorKey>();
  const setArchived = async (recording: Recording, archived: boolean) => {
    if (archiving) return;
    setArchiving(recording.id);
    setFailure(undefined);
    try {
      const { name } = await recordings.save({ ...draftOf(recording), archived });
      onDone({ what: archived ? 'archived' : 'unarchived', name });
    } catch (error) {
      setFailure(errorKeyOf(error));
      void recordings.load(); // shows how things stand
    } finally {
      setArchiving('');
    }
  };
  return { archiving, failure, setArchived };
}
