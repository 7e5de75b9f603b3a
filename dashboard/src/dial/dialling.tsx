import Button from '@cloudscape-design/components/button';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { KeypadIcon } from '../app/icons';
import { onDemand } from '../app/on-demand';
import { shortcutKeys } from '../app/shortcuts';
import { useDesk } from '../desk/desk-context';
import { usePreferences } from '../settings/preferences';

export const DialPanel = onDemand(async () => (await import('./dial-panel')).DialPanel);

/** To it the focus returns. */
const BUTTON = 'dial-button';

/** Opens and closes the panel in which numbers are dialled. */
export function DialButton() {
  const { t } = useTranslation();
  const { dialler } = useDesk();
  const { shortcuts } = usePreferences();
  const { open } = useSyncExternalStore(dialler.subscribe, dialler.get);
  return (
    <Button
      variant="link"
      iconSvg={<KeypadIcon />}
      ariaLabel={t('dial.title')}
      ariaExpanded={open}
      nativeButtonAttributes={{
        id: BUTTON,
        title: shortcuts ? `${t('dial.title')} · ${shortcutKeys.dial}` : t('dial.title'),
        ...(shortcuts ? { 'aria-keyshortcuts': shortcutKeys.dial } : {}),
      }}
      onClick={dialler.toggle}
    />
  );
}

/** The panel, wherever the agent is, while it is open. */
export function Dialling() {
  const { dialler } = useDesk();
  const { open } = useSyncExternalStore(dialler.subscribe, dialler.get);
  const close = () => {
    dialler.close();
    document.getElementById(BUTTON)?.focus();
  };
  return open ? <DialPanel onClose={close} /> : null;
}
