import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Voicemail } from '../../api/model';
import { useDesk } from '../../desk/desk-context';
import { useVoicemails } from '../../voicemail/use-voicemails';
import { useColumns } from './columns';
import type { Dealing } from './use-dealing';
import { useNaming } from './use-naming';

interface Props {
  items: readonly Voicemail[];
  done: boolean;
  dealing: Dealing;
  onDelete: (one: Voicemail) => void;
}

/** The messages of one tab, of all queues or of one. */
export function VoicemailTable({ items: all, done, dealing, onDelete }: Props) {
  const { t } = useTranslation();
  const { phase } = useVoicemails();
  const { lineOf } = useNaming();
  const [line, setLine] = useState('');
  const lines = [...new Set(all.map(({ lineId }) => lineId))];
  const options = [
    { value: '', label: t('voicemail.allLines') },
    ...lines.map((lineId) => ({ value: lineId, label: lineOf({ lineId }) })),
  ];
  const chosen = options.find(({ value }) => value === line) ?? options[0] ?? null;
  const shown = all.filter(({ lineId }) => !chosen?.value || lineId === chosen.value);
  const columns = useColumns({ done, dealing, onDelete });
  const { items, collectionProps } = useCollection(shown, {
    sorting: { defaultState: { sortingColumn: { sortingField: 'at' }, isDescending: true } },
  });
  return (
    <Table
      {...collectionProps}
      items={items}
      columnDefinitions={columns}
      variant="container"
      trackBy="id"
      wrapLines
      loading={(phase === 'idle' || phase === 'loading') && all.length === 0}
      loadingText={t('app.loading')}
      empty={<Empty done={done} failed={phase === 'failed'} />}
      ariaLabels={{ tableLabel: t('nav.voicemail') }}
      filter={
        lines.length > 1 && (
          <div className="voicemail-line">
            <Select
              selectedOption={chosen}
              options={options}
              ariaLabel={t('voicemail.line')}
              onChange={({ detail }) => setLine(detail.selectedOption.value ?? '')}
            />
          </div>
        )
      }
    />
  );
}

/** Why there is no row, and what to do. */
function Empty({ done, failed }: { done: boolean; failed: boolean }) {
  const { t } = useTranslation();
  const { voicemails } = useDesk();
  return (
    <Box textAlign="center" color="inherit">
      <SpaceBetween size="s">
        <span>{t(failed ? 'voicemail.loadFailed' : done ? 'voicemail.doneEmpty' : 'voicemail.empty')}</span>
        {failed && <Button onClick={() => void voicemails.load()}>{t('recordings.retry')}</Button>}
      </SpaceBetween>
    </Box>
  );
}
