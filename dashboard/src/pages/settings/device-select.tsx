import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { useTranslation } from 'react-i18next';
import type { AudioDevice } from '../../audio/devices';

interface Props {
  label: string;
  description?: string;
  devices: AudioDevice[];
  /** Names a device that the browser does not name yet. */
  unnamed: (number: number) => string;
  value: string;
  onChange: (id: string) => void;
}

/** Picks a device or the system's default. A chosen device that is unplugged stays chosen and says so. */
export function DeviceSelect({ label, description, devices, unnamed, value, onChange }: Props) {
  const { t } = useTranslation();
  const options = [
    { value: '', label: t('settings.systemDefault') },
    ...devices.map(({ id, label: name }, index) => ({ value: id, label: name || unnamed(index + 1) })),
  ];
  const selected = options.find((option) => option.value === value) ?? { value, label: t('settings.unplugged') };
  return (
    <FormField label={label} description={description}>
      <Select
        options={options}
        selectedOption={selected}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
      />
    </FormField>
  );
}
