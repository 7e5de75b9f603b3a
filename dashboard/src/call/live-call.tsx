import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import type { Contact } from '../api/model';
import { shortcutKeys } from '../app/shortcuts';
import { useAudio, useDesk, useDeskState } from '../desk/desk-context';
import { secondsBetween, useServerNow } from '../desk/use-server-now';
import { formatDuration } from '../i18n/format';
import { usePreferences } from '../settings/preferences';
import { CallControls } from './call-controls';
import { CallRecordings } from './call-recordings';
import { connectionState } from './connection-state';
import { Heading } from './heading';
import { Identity } from './identity';
import { OnHold } from './on-hold';
import { PhoneButton } from './phone-button';
import { SoundMeter } from './sound-meter';

export function LiveCall({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const { actions } = useDesk();
  const audio = useAudio();
  const now = useServerNow();
  const { shortcuts } = usePreferences();
  const link = useDeskState((state) => state.link);
  const ending = useDeskState((state) => state.pending.includes('end'));
  const { message, indicator } = connectionState(contact, audio, link);
  const heldAt = contact.state === 'connected' ? contact.heldAt : undefined;
  const elapsed = secondsBetween(contact.connectedAt ?? contact.acceptedAt, now);
  return (
    <>
      <div className="call-body">
        <div className="call-top">
          <Heading title={t(contact.kind === 'outbound' ? 'call.outgoing' : 'call.onCall')} queueId={contact.queueId} />
          <p className="call-clock" role="timer" aria-label={t('call.duration')}>
            {formatDuration(elapsed)}
          </p>
        </div>
        <Identity contact={contact} />
        {heldAt && <OnHold since={heldAt} />}
        {!(heldAt && message === 'connected') && (
          <StatusIndicator type={indicator}>{t(`call.${message}`)}</StatusIndicator>
        )}
        {contact.state === 'connected' && <CallControls contact={contact} />}
        <div className="call-meters">
          <SoundMeter
            stream={audio.microphone}
            label={t('call.yourMicrophone')}
            instead={audio.muted.length > 0 ? t('call.muted') : undefined}
          />
          <SoundMeter stream={audio.incoming} label={t('call.customer')} />
        </div>
        <CallRecordings contact={contact} />
      </div>
      <div className="call-end">
        <PhoneButton
          look="red"
          keys={shortcuts ? shortcutKeys.end : undefined}
          loading={ending}
          onClick={() => void actions.end(contact)}
        >
          {t('call.end')}
        </PhoneButton>
      </div>
    </>
  );
}
