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
  value: string[];
  known: string[];
  onChange: (value: string[]) => void;
}

/** Categories, chosen among those in use or written anew: Enter adds one. */
export function CategoriesField({ value, known, onChange }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const add = (category: string) => {
    const name = category.trim().slice(0, LONGEST);
    setText('');
    if (name && !value.includes(name)) onChange([...value, name]);
  };
  return (
    <FormField label={t('cannedPage.categories')} description={t('cannedForm.categoriesHint')}>
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
          items={value.map((label) => ({ label, dismissLabel: t('attach.remove', { name: label }) }))}
          onDismiss={({ detail }) => onChange(value.filter((_, index) => index !== detail.itemIndex))}
        />
      </SpaceBetween>
    </FormField>
  );
}
