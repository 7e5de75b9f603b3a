import '../../styles/canned.css';
import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import Table from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { CannedMessage } from '../../api/chat-model';
import { PageTitle } from '../../app/page-title';
import { useChatDesk } from '../../chat/use-chats';
import { useDeskState } from '../../desk/desk-context';
import { selectMe } from '../../desk/selectors';
import { CannedDialog } from './canned-dialog';
import { useColumns } from './columns';
import { DeleteDialog } from './delete-dialog';

type Opened =
  | { dialog: 'none' }
  | { dialog: 'edit'; message: CannedMessage | undefined }
  | { dialog: 'delete'; message: CannedMessage };

/** The canned messages that the agent may use; their own can be changed. */
export function CannedPage() {
  const { t } = useTranslation();
  const me = useDeskState(selectMe);
  const { messages, phase } = useCanned();
  const [category, setCategory] = useState('');
  const [opened, setOpened] = useState<Opened>({ dialog: 'none' });
  const close = () => setOpened({ dialog: 'none' });
  const categories = useMemo(() => [...new Set(messages.flatMap((message) => message.categories))].sort(), [messages]);
  const shown = useMemo(
    () => messages.filter((message) => !category || message.categories.includes(category)),
    [messages, category],
  );
  const { items, collectionProps, filterProps, filteredItemsCount } = useCollection(shown, {
    filtering: {
      fields: ['title', 'text', 'shortcut'],
      empty: <Empty>{t(phase === 'failed' ? 'canned.loadFailed' : 'cannedPage.empty')}</Empty>,
      noMatch: <Empty>{t('cannedPage.noMatch')}</Empty>,
    },
    sorting: { defaultState: { sortingColumn: { sortingField: 'title' } } },
  });
  const columns = useColumns({
    me: me?.id ?? '',
    onEdit: (message) => setOpened({ dialog: 'edit', message }),
    onDelete: (message) => setOpened({ dialog: 'delete', message }),
  });
  if (!me) return null;
  const all = [
    { value: '', label: t('cannedPage.anyCategory') },
    ...categories.map((value) => ({ value, label: value })),
  ];
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={t('cannedPage.description')}
          actions={
            <Button variant="primary" onClick={() => setOpened({ dialog: 'edit', message: undefined })}>
              {t('cannedPage.add')}
            </Button>
          }
        >
          {t('cannedPage.title')}
        </Header>
      }
    >
      <PageTitle title={t('cannedPage.title')} />
      <Table
        {...collectionProps}
        items={items}
        columnDefinitions={columns}
        variant="container"
        trackBy="id"
        wrapLines
        loading={phase === 'loading' && messages.length === 0}
        loadingText={t('app.loading')}
        ariaLabels={{ tableLabel: t('cannedPage.title') }}
        filter={
          <div className="canned-filters">
            <TextFilter
              {...filterProps}
              filteringPlaceholder={t('cannedPage.find')}
              filteringAriaLabel={t('cannedPage.find')}
              countText={t('cannedPage.matches', { count: filteredItemsCount ?? 0 })}
            />
            <Select
              ariaLabel={t('cannedPage.categories')}
              options={all}
              selectedOption={all.find(({ value }) => value === category) ?? null}
              onChange={({ detail }) => setCategory(detail.selectedOption.value ?? '')}
            />
          </div>
        }
      />
      {opened.dialog === 'edit' && (
        <CannedDialog me={me} message={opened.message} categories={categories} onDismiss={close} />
      )}
      {opened.dialog === 'delete' && <DeleteDialog message={opened.message} onDismiss={close} />}
    </ContentLayout>
  );
}

function useCanned() {
  const { canned } = useChatDesk();
  useEffect(() => canned.load(), [canned]);
  return useSyncExternalStore(canned.subscribe, canned.get);
}

function Empty({ children }: { children: string }) {
  return (
    <Box textAlign="center" color="inherit">
      {children}
    </Box>
  );
}
