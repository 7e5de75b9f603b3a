import Button from '@cloudscape-design/components/button';
import Input from '@cloudscape-design/components/input';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Contact } from '../api/model';
import { useDesk } from '../desk/desk-context';
import { isFound, playable } from '../recordings/find-recordings';
import { useRecordings } from '../recordings/use-recordings';
import { PlayableRecording } from './playable-recording';

/** Up to so many are seen at a glance. */
const FEW = 5;

/** The messages that can be played into the call; archived ones can't. */
export function RecordingList({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const { recordings, phase } = useRecordings();
  const [query, setQuery] = useState('');
  const all = playable(recordings);
  const found = all.filter((recording) => isFound(recording, query));
  if (all.length === 0) return <None phase={phase} />;
  return (
    <>
      {all.length > FEW && (
        <Input
          type="search"
          value={query}
          ariaLabel={t('recordings.find')}
          placeholder={t('recordings.find')}
          onChange={({ detail }) => setQuery(detail.value)}
        />
      )}
      <ul className="playable-list" aria-label={t('recordings.title')}>
        {found.map((recording) => (
          <PlayableRecording key={recording.id} contact={contact} recording={recording} />
        ))}
      </ul>
      <p role="status" className="call-hint">
        {found.length === 0 && t('recordings.noMatch')}
      </p>
    </>
  );
}

function None({ phase }: { phase: 'idle' | 'loading' | 'ready' | 'failed' }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { recordings } = useDesk();
  if (phase === 'idle' || phase === 'loading') {
    return <StatusIndicator type="loading">{t('app.loading')}</StatusIndicator>;
  }
  const failed = phase === 'failed';
  return (
    <div className="playable-none">
      <p>{failed ? t('recordings.loadFailed') : t('playing.none')}</p>
      <Button onClick={() => (failed ? void recordings.load() : void navigate('/settings/recordings'))}>
        {failed ? t('recordings.retry') : t('recordings.title')}
      </Button>
    </div>
  );
}
