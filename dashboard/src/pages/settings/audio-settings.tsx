import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { canChooseSpeaker } from '../../audio/speaker';
import { useDevices } from '../../audio/use-devices';
import { useDesk } from '../../desk/desk-context';
import { preferences, usePreferences } from '../../settings/preferences';
import { DeviceSelect } from './device-select';
import { MicrophoneTest } from './microphone-test';
import { RingtoneSettings } from './ringtone-settings';

export function AudioSettings() {
  const { t } = useTranslation();
  const { microphone, speaker } = usePreferences();
  const devices = useDevices();
  const { tones } = useDesk();
  return (
    <SpaceBetween size="l">
      <SpaceBetween size="s">
        <DeviceSelect
          label={t('settings.microphone')}
          devices={devices.microphones}
          unnamed={(number) => t('settings.unnamedMicrophone', { number })}
          value={microphone}
          onChange={(id) => preferences.set({ microphone: id })}
        />
        <MicrophoneTest named={devices.named} onAllowed={devices.refresh} />
      </SpaceBetween>
      {canChooseSpeaker() ? (
        <SpaceBetween size="s">
          <DeviceSelect
            label={t('settings.speaker')}
            description={t('settings.speakerHint')}
            devices={devices.speakers}
            unnamed={(number) => t('settings.unnamedSpeaker', { number })}
            value={speaker}
            onChange={(id) => preferences.set({ speaker: id })}
          />
          <Button iconName="audio-full" onClick={() => tones.playTest(speaker)}>
            {t('settings.testSound')}
          </Button>
        </SpaceBetween>
      ) : (
        <FormField label={t('settings.speaker')}>
          <SpaceBetween size="xs">
            <span>{t('settings.fixedSpeaker')}</span>
            <Button iconName="audio-full" onClick={() => tones.playTest('')}>
              {t('settings.testSound')}
            </Button>
          </SpaceBetween>
        </FormField>
      )}
      <RingtoneSettings devices={devices.speakers} />
    </SpaceBetween>
  );
}
