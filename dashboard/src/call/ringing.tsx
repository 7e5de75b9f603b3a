import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import type { Contact } from '../api/model';
import { shortcutKeys } from '../app/shortcuts';
import { useCallText } from '../desk/call-text';
import { useAudio, useDesk, useDeskState } from '../desk/desk-context';
import { secondsBetween, useServerNow } from '../desk/use-server-now';
import { usePreferences } from '../settings/preferences';
import { Heading } from './heading';
import { Identity } from './identity';
import { PhoneButton } from './phone-button';
import { TimeLeft } from './time-left';

interface Props {
  contact: Contact;
  offer: NonNullable<Contact['offer']>;
  /** It is a colleague's call, and the agent is asked into it. */
  asGuest: boolean;
}

export function Ringing({ contact, offer, asGuest }: Props) {
  const { t } = useTranslation();
  const { actions } = useDesk();
  const audio = useAudio();
  const { title, origin } = useCallText()(contact, asGuest);
  const now = useServerNow();
  const { shortcuts } = usePreferences();
  const accepting = useDeskState((state) => state.pending.includes('accept'));
  const declining = useDeskState((state) => state.pending.includes('decline'));
  const total = secondsBetween(offer.at, offer.expiresAt);
  // The server's clock is known to a fraction of a second: never more than there is.
  const left = Math.min(total, Math.max(0, secondsBetween(now, offer.expiresAt)));
  return (
    <>
      <Heading title={title} origin={origin} />
      <Identity contact={contact} asGuest={asGuest} />
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
