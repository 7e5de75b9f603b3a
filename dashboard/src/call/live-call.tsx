import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import type { Contact } from '../api/model';
import { onDemand } from '../app/on-demand';
import { shortcutKeys } from '../app/shortcuts';
import { useCallText } from '../desk/call-text';
import { useAudio, useDesk, useDeskState } from '../desk/desk-context';
import { secondsBetween, useServerNow } from '../desk/use-server-now';
import { formatDuration } from '../i18n/format';
import { usePreferences } from '../settings/preferences';
import { CallControls, MuteControl, MutedWarning } from './call-controls';
import { CallRecordings } from './call-recordings';
import { connectionState } from './connection-state';
import { GuestGone } from './guest-gone';
import { Heading } from './heading';
import { Identity } from './identity';
import { OnHold } from './on-hold';
import { PhoneButton } from './phone-button';
import { SoundMeter } from './sound-meter';

export const GuestPanel = onDemand(async () => (await import('./guest-panel')).GuestPanel);

interface Props {
  contact: Contact;
  /** It is a colleague's call, into which the agent was asked. */
  asGuest: boolean;
}

export function LiveCall({ contact, asGuest }: Props) {
  const { t } = useTranslation();
  const audio = useAudio();
  const now = useServerNow();
  const { title, origin } = useCallText()(contact, asGuest);
  const three = contact.guest?.state === 'joined';
  const talking = contact.kind === 'inbound' && !asGuest ? t('call.onCall') : title;
  return (
    <>
      <div className="call-body">
        <div className="call-top">
          <Heading title={talking} origin={origin} />
          <p className="call-clock" role="timer" aria-label={t('call.duration')}>
            {formatDuration(secondsBetween(contact.connectedAt ?? contact.acceptedAt, now))}
          </p>
        </div>
        <Identity contact={contact} asGuest={asGuest} />
        <Connection contact={contact} />
        <GuestGone contact={contact} />
        {contact.guest && <GuestPanel contact={contact} guest={contact.guest} asGuest={asGuest} />}
        {contact.state === 'connected' && (asGuest ? <GuestControls /> : <CallControls contact={contact} />)}
        <div className="call-meters">
          <SoundMeter
            stream={audio.microphone}
            label={t('call.yourMicrophone')}
            instead={audio.muted.length > 0 ? t('call.muted') : undefined}
          />
          <SoundMeter stream={audio.incoming} label={three ? t('call.others') : t('call.customer')} />
        </div>
        {!contact.guest && <CallRecordings contact={contact} />}
      </div>
      <EndButton contact={contact} asGuest={asGuest} />
    </>
  );
}

/** How the agent stands to the customer: on hold, or what is in the way. With a third party in the call, that has its own panel. */
function Connection({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const audio = useAudio();
  const link = useDeskState((state) => state.link);
  const { message, indicator } = connectionState(contact, audio, link);
  const three = contact.guest?.state === 'joined';
  const heldAt = contact.state === 'connected' && !three ? contact.heldAt : undefined;
  return (
    <>
      {heldAt && <OnHold since={heldAt} />}
      {!((heldAt || three) && message === 'connected') && (
        <StatusIndicator type={indicator}>{t(`call.${message}`)}</StatusIndicator>
      )}
    </>
  );
}

/** What the agent can do in a colleague's call; the rest is the colleague's. */
function GuestControls() {
  return (
    <>
      <div className="call-controls">
        <MuteControl />
      </div>
      <MutedWarning />
    </>
  );
}

/** The red phone. It says whose call it ends. */
function EndButton({ contact, asGuest }: Props) {
  const { t } = useTranslation();
  const { actions } = useDesk();
  const { shortcuts } = usePreferences();
  const ending = useDeskState((state) => state.pending.includes('end'));
  const forAll = contact.guest !== undefined && !asGuest;
  return (
    <div className="call-end">
      {forAll && <p className="call-hint">{t('call.endsForAll')}</p>}
      <PhoneButton
        look="red"
        keys={shortcuts ? shortcutKeys.end : undefined}
        hint={forAll ? t('call.endsForAll') : undefined}
        loading={ending}
        onClick={() => void actions.end(contact)}
      >
        {asGuest ? t('call.leave') : t('call.end')}
      </PhoneButton>
    </div>
  );
}
