import FormField from '@cloudscape-design/components/form-field';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { languages } from '../../i18n/languages';
import { type Preferences, preferences, usePreferences } from '../../settings/preferences';

const appearances: Preferences['appearance'][] = ['system', 'light', 'dark'];

export function DisplaySettings() {
  const { t } = useTranslation();
  const { language, appearance } = usePreferences();
  return (
    <SpaceBetween size="m">
      <FormField label={t('settings.language')}>
        <SegmentedControl
          label={t('settings.language')}
          selectedId={language}
          options={languages.map(({ id, name }) => ({ id, text: name }))}
          onChange={({ detail }) => preferences.set({ language: detail.selectedId as Preferences['language'] })}
        />
      </FormField>
      <FormField label={t('settings.appearance')}>
        <SegmentedControl
          label={t('settings.appearance')}
          selectedId={appearance}
          options={appearances.map((id) => ({ id, text: t(`settings.${id}`) }))}
          onChange={({ detail }) => preferences.set({ appearance: detail.selectedId as Preferences['appearance'] })}
        />
      </FormField>
    </SpaceBetween>
  );
}
