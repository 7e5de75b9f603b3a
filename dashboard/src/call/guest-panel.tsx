import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import type { Contact, Guest } from '../api/model';
import { useCallText, useColleagueName, useGuestName } from '../desk/call-text';
import { useDesk, useDeskState } from '../desk/desk-context';
import { secondsBetween, useServerNow } from '../desk/use-server-now';
import { formatDuration } from '../i18n/format';
import { useTurning } from './hold-control';
import { TimeLeft } from './time-left';

interface Props {
  contact: Contact;
  guest: Guest;
  asGuest: boolean;
}

/** The third party in a call: rung for it, or in it. Who has the call decides who hears whom, and who gets it. */
export function GuestPanel({ contact, guest, asGuest }: Props) {
  const { t } = useTranslation();
  return (
    <section className="guest" aria-label={t('guest.region')}>
      {guest.state === 'ringing' ? (
        <GuestRinging contact={contact} guest={guest} />
      ) : (
        <>
          <Parties contact={contact} guest={guest} asGuest={asGuest} />
          {!asGuest && <Buttons contact={contact} guest={guest} />}
        </>
      )}
    </section>
  );
}

function GuestRinging({ contact, guest }: Omit<Props, 'asGuest'>) {
  const { t } = useTranslation();
  const { actions } = useDesk();
  const name = useGuestName()(guest);
  const now = useServerNow();
  const dismissing = useDeskState((state) => state.pending.includes('dismiss-guest'));
  const total = secondsBetween(guest.at, guest.expiresAt);
  // The server's clock is known to a fraction of a second: never more than there is.
  const left = Math.min(total, Math.max(0, secondsBetween(now, guest.expiresAt)));
  return (
    <>
      <p className="guest-title">
        <strong>{t('guest.ringing', { name })}</strong>
        <span role="timer" aria-label={t('call.ringTime')}>
          {formatDuration(Math.ceil(left))}
        </span>
      </p>
      <TimeLeft left={left} total={total} />
      <p>{guest.blind ? t('guest.blindHint') : t('guest.consultHint')}</p>
      <Button fullWidth loading={dismissing} onClick={() => void actions.dismissGuest(contact)}>
        {t('guest.cancel')}
      </Button>
    </>
  );
}

/** Customer and third party, or for the third party the colleague whose call it is. */
function Parties({ contact, guest, asGuest }: Props) {
  const { t } = useTranslation();
  const { who } = useCallText()(contact, asGuest);
  const guestName = useGuestName()(guest);
  const colleague = useColleagueName()(contact.agentId);
  const now = useServerNow();
  const { heldAt } = contact;
  const heldFor = formatDuration(Math.max(0, secondsBetween(heldAt, now)));
  return (
    <ul className="parties" aria-label={t('guest.parties')}>
      <li>
        <strong>{who}</strong>
        <span className="quiet">{t('call.customer')}</span>
        <StatusIndicator type={heldAt ? 'pending' : 'success'}>
          {heldAt ? t('guest.onHoldFor', { duration: heldFor }) : t('guest.inCall')}
        </StatusIndicator>
      </li>
      <li>
        <strong>{asGuest ? colleague : guestName}</strong>
        <span className="quiet">{asGuest ? t('guest.hasCall') : t('guest.thirdParty')}</span>
        <StatusIndicator type="success">{t('guest.inCall')}</StatusIndicator>
      </li>
    </ul>
  );
}

function Buttons({ contact, guest }: Omit<Props, 'asGuest'>) {
  const { t } = useTranslation();
  const { actions } = useDesk();
  const name = useGuestName()(guest);
  const turning = useTurning();
  const handing = useDeskState((state) => state.pending.includes('hand-over'));
  const dismissing = useDeskState((state) => state.pending.includes('dismiss-guest'));
  if (guest.blind) return <StatusIndicator type="loading">{t('guest.handingOver')}</StatusIndicator>;
  const held = Boolean(contact.heldAt);
  const noLine = contact.inWidget === true && guest.number !== undefined;
  return (
    <div className="guest-buttons">
      <Button
        variant="primary"
        fullWidth
        loading={handing}
        disabled={noLine}
        {...(noLine ? { disabledReason: t('error.widgetNoLine') } : {})}
        onClick={() => void actions.handOver(contact)}
      >
        {t('guest.handOver', { name })}
      </Button>
      <Button fullWidth loading={turning} onClick={() => void actions.hold(contact, !held)}>
        {held ? t('guest.conference') : t('guest.hold')}
      </Button>
      <Button fullWidth loading={dismissing} onClick={() => void actions.dismissGuest(contact)}>
        {t('guest.remove', { name })}
      </Button>
    </div>
  );
}
