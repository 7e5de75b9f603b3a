import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Voicemail } from '../../api/model';
import { Listen } from '../../audio/listen';
import { usePlayer } from '../../audio/use-player';
import { useAgentNames } from '../../chat/use-chats';
import { useDesk } from '../../desk/desk-context';
import { formatDuration } from '../../i18n/format';
import { RowActions } from './row-actions';
import type { Dealing } from './use-dealing';
import { useNaming } from './use-naming';

interface Ports {
  done: boolean;
  dealing: Dealing;
  onDelete: (one: Voicemail) => void;
}

export function useColumns({ done, dealing, onDelete }: Ports): TableProps.ColumnDefinition<Voicemail>[] {
  const { t } = useTranslation();
  const { voicemails } = useDesk();
  const player = usePlayer();
  const { callerOf, momentOf, nameOf, lineOf } = useNaming();
  // The table knows by it which column it is sorted by.
  const byLine = useCallback((a: Voicemail, b: Voicemail) => lineOf(a).localeCompare(lineOf(b)), [lineOf]);
  return [
    {
      id: 'caller',
      header: t('voicemail.caller'),
      isRowHeader: true,
      minWidth: 150,
      cell: (one) => <Caller {...callerOf(one)} />,
    },
    { id: 'at', header: t('voicemail.at'), sortingField: 'at', minWidth: 120, cell: momentOf },
    {
      id: 'length',
      header: t('recordings.length'),
      sortingField: 'seconds',
      minWidth: 130,
      cell: (one) =>
        one.sound ? (
          <Listen
            player={player}
            id={one.id}
            name={nameOf(one)}
            seconds={one.seconds}
            address={() => voicemails.soundOf(one)}
          />
        ) : (
          formatDuration(one.seconds)
        ),
    },
    {
      id: 'line',
      header: t('voicemail.line'),
      sortingComparator: byLine,
      minWidth: 110,
      cell: lineOf,
    },
    { id: 'state', header: t('voicemail.state'), minWidth: 170, cell: (one) => <State one={one} /> },
    {
      id: 'actions',
      header: t('team.actions'),
      minWidth: 210,
      cell: (one) => <RowActions one={one} done={done} dealing={dealing} onDelete={onDelete} />,
    },
  ];
}

function Caller({ title, detail }: { title: string; detail: string }) {
  return (
    <span className="voicemail-caller">
      <b>{title}</b>
      {detail && <span className="quiet">{detail}</span>}
    </span>
  );
}

function State({ one: { state, doneBy = '' } }: { one: Voicemail }) {
  const { t } = useTranslation();
  const nameOf = useAgentNames();
  switch (state) {
    case 'done':
      return (
        <StatusIndicator type="success">
          {t('voicemail.doneBy', { name: nameOf(doneBy) || t('voicemail.somebody') })}
        </StatusIndicator>
      );
    case 'fetching':
      return <StatusIndicator type="in-progress">{t('voicemail.stateFetching')}</StatusIndicator>;
    case 'failed':
      return <StatusIndicator type="warning">{t('voicemail.stateFailed')}</StatusIndicator>;
    default:
      return <StatusIndicator type="info">{t('voicemail.stateNew')}</StatusIndicator>;
  }
}
