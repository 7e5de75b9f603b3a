import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import Slider from '@cloudscape-design/components/slider';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { messageToneNames } from '../../audio/message-tones';
import { useDesk } from '../../desk/desk-context';
import { preferences, usePreferences } from '../../settings/preferences';

/** Which sound tells of a message, and how loud. It plays where the ringtone does. */
export function MessageToneSettings() {
  const { t } = useTranslation();
  const { tones } = useDesk();
  const { messageTone, messageVolume } = usePreferences();
  const options = messageToneNames.map((value) => ({ value, label: t(`messageTone.${value}`) }));
  const selected = options.find(({ value }) => value === messageTone) ?? null;
  return (
    <SpaceBetween size="s">
      <FormField label={t('settings.messageTone')} description={t('settings.messageToneHint')}>
        <Select
          options={options}
          selectedOption={selected}
          onChange={({ detail }) => {
            const chosen = messageToneNames.find((name) => name === detail.selectedOption.value) ?? 'none';
            preferences.set({ messageTone: chosen });
            tones.playMessage(chosen);
          }}
        />
      </FormField>
      {messageTone !== 'none' && (
        <>
          <FormField label={t('settings.messageVolume')}>
            <Slider
              min={0}
              max={100}
              step={5}
              value={messageVolume}
              ariaLabel={t('settings.messageVolume')}
              valueFormatter={(value) => `${value} %`}
              onChange={({ detail }) => preferences.set({ messageVolume: detail.value })}
            />
          </FormField>
          <Button iconName="audio-full" onClick={() => tones.playMessage(messageTone)}>
            {t('settings.testMessageTone')}
          </Button>
        </>
      )}
    </SpaceBetween>
  );
}
