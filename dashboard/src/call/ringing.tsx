import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import type { Contact } from '../api/model';
import { shortcutKeys } from '../app/shortcuts';
import { useAudio, useDesk, useDeskState } from '../desk/desk-context';
import { secondsBetween, useServerNow } from '../desk/use-server-now';
import { usePreferences } from '../settings/preferences';
import { Heading } from './heading';
import { Identity } from './identity';
import { PhoneButton } from './phone-button';
import { TimeLeft } from './time-left';

export function Ringing({ contact, offer }: { contact: Contact; offer: NonNullable<Contact['offer']> }) {
  const { t } = useTranslation();
  const { actions } = useDesk();
  const audio = useAudio();
  const now = useServerNow();
  const { shortcuts } = usePreferences();
  const accepting = useDeskState((state) => state.pending.includes('accept'));
  const declining = useDeskState((state) => state.pending.includes('decline'));
  const total = secondsBetween(offer.at, offer.expiresAt);
  // The server's clock is known to a fraction of a second: never more than there is.
  const left = Math.min(total, Math.max(0, secondsBetween(now, offer.expiresAt)));
  return (
    <>
      <Heading title={t('call.incoming')} queueId={contact.queueId} />
      <Identity contact={contact} />
      <div className="call-countdown">
        <TimeLeft left={left} total={total} />
        <p>{t('call.ringsFor', { count: Math.ceil(left) })}</p>
      </div>
      {audio.phase === 'blocked' && <StatusIndicator type="warning">{t('call.noAudioYet')}</StatusIndicator>}
      <div className="call-buttons">
        <PhoneButton
          look="green"
          keys={shortcuts ? shortcutKeys.accept : undefined}
          loading={accepting}
          onClick={() => void actions.accept(contact)}
        >
          {t('call.accept')}
        </PhoneButton>
        <PhoneButton
          look="red"
          keys={shortcuts ? shortcutKeys.decline : undefined}
          loading={declining}
          onClick={() => void actions.decline(contact)}
        >
          {t('call.decline')}
        </PhoneButton>
      </div>
    </>
  );
}
