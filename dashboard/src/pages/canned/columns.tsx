import Button from '@cloudscape-design/components/button';
import type { TableProps } from '@cloudscape-design/components/table';
import { useTranslation } from 'react-i18next';
import type { CannedMessage } from '../../api/chat-model';

interface Ports {
  /** Id of the signed-in agent, who may change their own. */
  me: string;
  onEdit: (message: CannedMessage) => void;
  onDelete: (message: CannedMessage) => void;
}

export function useColumns({ me, onEdit, onDelete }: Ports): TableProps.ColumnDefinition<CannedMessage>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'title',
      header: t('cannedPage.name'),
      sortingField: 'title',
      isRowHeader: true,
      minWidth: 140,
      cell: ({ title }) => <b>{title}</b>,
    },
    {
      id: 'shortcut',
      header: t('cannedPage.shortcut'),
      sortingField: 'shortcut',
      minWidth: 100,
      cell: ({ shortcut }) => (shortcut ? <code>/{shortcut}</code> : null),
    },
    {
      id: 'text',
      header: t('cannedPage.text'),
      minWidth: 240,
      cell: ({ text }) => <p className="canned-text">{text}</p>,
    },
    {
      id: 'categories',
      header: t('cannedPage.categories'),
      minWidth: 120,
      cell: ({ categories }) => categories.join(', '),
    },
    {
      id: 'owner',
      header: t('cannedPage.whose'),
      minWidth: 110,
      cell: (message) =>
        [message.ownerId === me ? t('cannedPage.own') : '', message.public ? t('canned.public') : '']
          .filter(Boolean)
          .join(' · '),
    },
    {
      id: 'actions',
      header: t('team.actions'),
      minWidth: 110,
      cell: (message) => message.ownerId === me && <Actions message={message} onEdit={onEdit} onDelete={onDelete} />,
    },
  ];
}

function Actions({ message, onEdit, onDelete }: { message: CannedMessage } & Omit<Ports, 'me'>) {
  const { t } = useTranslation();
  const { title } = message;
  return (
    <>
      <Button
        variant="icon"
        iconName="edit"
        ariaLabel={t('cannedPage.edit', { title })}
        onClick={() => onEdit(message)}
      />
      <Button
        variant="icon"
        iconName="remove"
        ariaLabel={t('cannedPage.delete', { title })}
        onClick={() => onDelete(message)}
      />
    </>
  );
}
