import '../../styles/voicemail.css';
import Alert from '@cloudscape-design/components/alert';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Voicemail } from '../../api/model';
import { PageTitle } from '../../app/page-title';
import { useChatDesk } from '../../chat/use-chats';
import { useDesk } from '../../desk/desk-context';
import { isThere, isToDo, useVoicemails } from '../../voicemail/use-voicemails';
import { DeleteDialog } from './delete-dialog';
import { News, type PageNews } from './news';
import { useDealing } from './use-dealing';
import { useNaming } from './use-naming';
import { VoicemailTable } from './voicemail-table';

/** The messages of callers: those to be dealt with, and the others. */
export function VoicemailPage() {
  const { t } = useTranslation();
  const { voicemails } = useVoicemails();
  const [tab, setTab] = useState<'todo' | 'done'>('todo');
  const [news, setNews] = useState<PageNews>();
  const [deleting, setDeleting] = useState<Voicemail>();
  const dealing = useDealing(setNews);
  const { nameOf } = useNaming();
  useFreshness();
  const there = voicemails.filter(isThere);
  const [todo, done] = [there.filter(isToDo), there.filter((one) => !isToDo(one))];
  const table = (items: readonly Voicemail[]) => (
    <VoicemailTable items={items} done={tab === 'done'} dealing={dealing} onDelete={setDeleting} />
  );
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={t('voicemail.description')}>
          {t('nav.voicemail')}
        </Header>
      }
    >
      <PageTitle title={t('nav.voicemail')} />
      <SpaceBetween size="m">
        {dealing.failure && <Alert type="error">{t(`error.${dealing.failure}`)}</Alert>}
        <News news={news} />
        <Tabs
          activeTabId={tab}
          onChange={({ detail }) => setTab(detail.activeTabId === 'done' ? 'done' : 'todo')}
          tabs={[
            { id: 'todo', label: t('voicemail.todo', { number: todo.length }), content: table(todo) },
            { id: 'done', label: t('voicemail.done', { number: done.length }), content: table(done) },
          ]}
        />
      </SpaceBetween>
      {deleting && (
        <DeleteDialog
          voicemail={deleting}
          onDismiss={() => setDeleting(undefined)}
          onDeleted={() => {
            setDeleting(undefined);
            setNews({ what: 'deleted', name: nameOf(deleting) });
          }}
        />
      )}
    </ContentLayout>
  );
}

/** Whoever looks sees how things stand: the messages, and the names of those who have dealt with them. */
function useFreshness(): void {
  const { voicemails } = useDesk();
  const { actions } = useChatDesk();
  useEffect(() => {
    void voicemails.load();
    void actions.loadColleagues();
  }, [voicemails, actions]);
}
