import type { TableProps } from '@cloudscape-design/components/table';
import { useTranslation } from 'react-i18next';
import type { Recording } from '../../api/model';
import { Listen } from '../../audio/listen';
import { usePlayer } from '../../audio/use-player';
import { useDesk } from '../../desk/desk-context';
import { useMoment } from '../../i18n/use-moment';
import { RowActions } from './row-actions';

interface Ports {
  archiving: string;
  onArchive: (recording: Recording) => void;
  onDelete: (recording: Recording) => void;
}

export function useColumns(ports: Ports): TableProps.ColumnDefinition<Recording>[] {
  const { t } = useTranslation();
  const { recordings } = useDesk();
  const player = usePlayer();
  const moment = useMoment();
  return [
    {
      id: 'name',
      header: t('recordings.name'),
      sortingField: 'name',
      isRowHeader: true,
      minWidth: 140,
      cell: ({ name }) => <b>{name}</b>,
    },
    {
      id: 'tags',
      header: t('recordings.tags'),
      minWidth: 120,
      cell: ({ tags }) => tags.join(', '),
    },
    {
      id: 'length',
      header: t('recordings.length'),
      sortingField: 'seconds',
      minWidth: 130,
      cell: ({ id, name, seconds }) => (
        <Listen player={player} id={id} name={name} seconds={seconds} address={() => recordings.soundOf(id)} />
      ),
    },
    {
      id: 'at',
      header: t('recordings.recordedAt'),
      sortingField: 'at',
      minWidth: 130,
      cell: ({ at }) => moment(at),
    },
    {
      id: 'actions',
      header: t('team.actions'),
      minWidth: 120,
      cell: (recording) => <RowActions recording={recording} {...ports} />,
    },
  ];
}
