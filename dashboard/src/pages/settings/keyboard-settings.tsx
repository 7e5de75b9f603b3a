import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { useTranslation } from 'react-i18next';
import { preferences, usePreferences } from '../../settings/preferences';

export function KeyboardSettings({ onShowShortcuts }: { onShowShortcuts: () => void }) {
  const { t } = useTranslation();
  const { shortcuts } = usePreferences();
  return (
    <SpaceBetween size="m">
      <Toggle checked={shortcuts} onChange={({ detail }) => preferences.set({ shortcuts: detail.checked })}>
        {t('settings.shortcuts')}
      </Toggle>
      <Button onClick={onShowShortcuts}>{t('settings.showShortcuts')}</Button>
    </SpaceBetween>
  );
}
