import Button from '@cloudscape-design/components/button';
import { useTranslation } from 'react-i18next';
import type { Contact, Playback } from '../api/model';
import { useDesk, useDeskState } from '../desk/desk-context';
import { secondsBetween, useServerNow } from '../desk/use-server-now';
import { formatDuration } from '../i18n/format';
import { TimeLeft } from './time-left';

/** The message that both hear, how long it goes on, and what comes after it. */
export function Playing({ contact, playback }: { contact: Contact; playback: Playback }) {
  const { t } = useTranslation();
  const { actions } = useDesk();
  const now = useServerNow();
  const stopping = useDeskState((state) => state.pending.includes('stop-playing'));
  const total = secondsBetween(playback.at, playback.until);
  // The server's clock is known to a fraction of a second: never more than there is.
  const left = Math.min(total, Math.max(0, secondsBetween(now, playback.until)));
  return (
    <section className="playing" aria-label={t('playing.region')}>
      <p className="playing-name">
        <span>{t('playing.now')}</span>
        <strong>{playback.name}</strong>
        <span role="timer" aria-label={t('playing.left')}>
          {formatDuration(Math.ceil(left))}
        </span>
      </p>
      <TimeLeft left={left} total={total} />
      {playback.thenEnd && <p>{t('playing.thenEnds')}</p>}
      <Button iconName="stop-circle" fullWidth loading={stopping} onClick={() => void actions.stopPlaying(contact)}>
        {playback.thenEnd ? t('playing.stopAndStay') : t('playing.stop')}
      </Button>
    </section>
  );
}
