import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { preferences, usePreferences } from '../../settings/preferences';

const supported = 'Notification' in window;

/** Asks for the permission only here, when the agent wants notifications. */
export function NotificationSettings() {
  const { t } = useTranslation();
  const { desktopNotifications } = usePreferences();
  const [permission, setPermission] = useState(supported ? Notification.permission : 'denied');
  if (!supported) return <p>{t('settings.notificationsMissing')}</p>;

  const turn = async (on: boolean) => {
    const answer = on ? await Notification.requestPermission() : permission;
    setPermission(answer);
    preferences.set({ desktopNotifications: on && answer === 'granted' });
  };
  return (
    <SpaceBetween size="s">
      <Toggle
        checked={desktopNotifications && permission === 'granted'}
        onChange={({ detail }) => void turn(detail.checked)}
      >
        {t('settings.desktopNotifications')}
      </Toggle>
      {permission === 'denied' && <Alert type="info">{t('settings.notificationsDenied')}</Alert>}
    </SpaceBetween>
  );
}
