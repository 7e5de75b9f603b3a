import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Slider from '@cloudscape-design/components/slider';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AudioDevice } from '../../audio/devices';
import { canChooseSpeaker } from '../../audio/speaker';
import { useDesk, useDeskState } from '../../desk/desk-context';
import { selectCall } from '../../desk/selectors';
import { preferences, usePreferences } from '../../settings/preferences';
import { DeviceSelect } from './device-select';

export function RingtoneSettings({ devices }: { devices: AudioDevice[] }) {
  const { t } = useTranslation();
  const { ringer, ringVolume } = usePreferences();
  const [playing, setPlaying] = useTryout();
  return (
    <SpaceBetween size="s">
      {canChooseSpeaker() && (
        <DeviceSelect
          label={t('settings.ringer')}
          description={t('settings.ringerHint')}
          devices={devices}
          unnamed={(number) => t('settings.unnamedSpeaker', { number })}
          value={ringer}
          onChange={(id) => preferences.set({ ringer: id })}
        />
      )}
      <FormField label={t('settings.ringVolume')}>
        <Slider
          min={0}
          max={100}
          step={5}
          value={ringVolume}
          ariaLabel={t('settings.ringVolume')}
          valueFormatter={(value) => `${value} %`}
          onChange={({ detail }) => preferences.set({ ringVolume: detail.value })}
        />
      </FormField>
      <Button iconName={playing ? 'close' : 'audio-full'} onClick={() => setPlaying(!playing)}>
        {playing ? t('settings.stopRing') : t('settings.testRing')}
      </Button>
    </SpaceBetween>
  );
}

/** Rings until stopped; leaving the page or a real call ends the try-out. */
function useTryout(): [boolean, (playing: boolean) => void] {
  const { tones } = useDesk();
  const [playing, setPlaying] = useState(false);
  const busy = useDeskState((state) => selectCall(state).stage !== 'idle');
  useEffect(() => {
    if (!playing) return;
    tones.startRinging();
    return () => tones.stopRinging();
  }, [playing, tones]);
  useEffect(() => {
    if (busy) setPlaying(false);
  }, [busy]);
  return [playing, setPlaying];
}
