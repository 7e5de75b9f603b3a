import { useTranslation } from 'react-i18next';
import type { Contact } from '../api/model';
import { shortcutKeys } from '../app/shortcuts';
import { useDesk, useDeskState } from '../desk/desk-context';
import { usePreferences } from '../settings/preferences';
import { CallControl } from './call-control';

/** Puts the customer on hold, and takes them off it. */
export function HoldControl({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const { actions } = useDesk();
  const { shortcuts } = usePreferences();
  const turning = useTurning();
  const held = Boolean(contact.heldAt);
  return (
    <CallControl
      icon={held ? 'play' : 'pause'}
      loading={turning}
      keys={shortcuts ? shortcutKeys.hold : undefined}
      onClick={() => void actions.hold(contact, !held)}
    >
      {held ? t('call.resume') : t('call.hold')}
    </CallControl>
  );
}

/** Whether hold, or its end, was asked for and is not yet so. */
export const useTurning = (): boolean =>
  useDeskState(({ pending }) => pending.includes('hold') || pending.includes('resume'));
