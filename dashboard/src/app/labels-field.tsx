import Autosuggest from '@cloudscape-design/components/autosuggest';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TokenGroup from '@cloudscape-design/components/token-group';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** The server's limits. */
const MOST = 10;
const LONGEST = 40;

interface Props {
  label: string;
  hint: string;
  value: readonly string[];
  known: readonly string[];
  onChange: (value: string[]) => void;
}

/** Categories or tags, chosen among those in use or written anew: Enter adds one. */
export function LabelsField({ label, hint, value, known, onChange }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const add = (written: string) => {
    const name = written.trim().slice(0, LONGEST);
    setText('');
    if (name && !value.includes(name)) onChange([...value, name]);
  };
  return (
    <FormField label={label} description={hint}>
      <SpaceBetween size="xs">
        <Autosuggest
          value={text}
          disabled={value.length >= MOST}
          options={known.filter((one) => !value.includes(one)).map((one) => ({ value: one }))}
          enteredTextLabel={(entered) => t('tags.use', { tag: entered })}
          onChange={({ detail }) => setText(detail.value.slice(0, LONGEST))}
          onSelect={({ detail }) => add(detail.value)}
          onKeyDown={({ detail }) => detail.key === 'Enter' && add(text)}
          onBlur={() => add(text)}
        />
        <TokenGroup
          items={value.map((one) => ({ label: one, dismissLabel: t('attach.remove', { name: one }) }))}
          onDismiss={({ detail }) => onChange(value.filter((_, index) => index !== detail.itemIndex))}
        />
      </SpaceBetween>
    </FormField>
  );
}
