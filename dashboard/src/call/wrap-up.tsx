import Button from '@cloudscape-design/components/button';
import { useTranslation } from 'react-i18next';
import type { Agent, Contact } from '../api/model';
import { shortcutKeys } from '../app/shortcuts';
import { useQueueName } from '../chat/use-chats';
import { useDesk, useDeskState } from '../desk/desk-context';
import { secondsBetween, useServerNow } from '../desk/use-server-now';
import { formatDuration } from '../i18n/format';
import { usePreferences } from '../settings/preferences';
import { Heading } from './heading';
import { Identity } from './identity';
import { TimeLeft } from './time-left';

export function WrapUp({ wrapUp, contact }: { wrapUp: NonNullable<Agent['wrapUp']>; contact: Contact | undefined }) {
  const { t } = useTranslation();
  const { actions } = useDesk();
  const now = useServerNow();
  const queue = useQueueName(wrapUp.queueId);
  const { shortcuts } = usePreferences();
  const pending = useDeskState((state) => state.pending.includes('wrap-up'));
  const total = secondsBetween(wrapUp.since, wrapUp.until);
  // The server's clock is known to a fraction of a second: never more than there is.
  const left = Math.min(total, Math.max(0, Math.ceil(secondsBetween(now, wrapUp.until))));
  return (
    <>
      <Heading title={t('call.wrapUp')} origin={queue} />
      {contact && <Identity contact={contact} />}
      <div className="call-countdown">
        <p className="call-clock" role="timer" aria-label={t('call.wrapUpLeft')}>
          {formatDuration(left)}
        </p>
        <TimeLeft left={left} total={total} />
        <p>{t('call.wrapUpHint')}</p>
      </div>
      <Button
        variant="primary"
        fullWidth
        loading={pending}
        onClick={() => void actions.endWrapUp(wrapUp.contactId)}
        nativeButtonAttributes={shortcuts ? { 'aria-keyshortcuts': shortcutKeys.wrapUp } : {}}
      >
        {t('call.endWrapUp')}
      </Button>
    </>
  );
}
