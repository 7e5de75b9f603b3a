import { useTranslation } from 'react-i18next';

/** Chooses between a message to the customer and a note that only the team sees. */
export function ComposerMode({ note, onChange }: { note: boolean; onChange: (note: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className="pills">
      <legend className="visually-hidden">{t('composer.mode')}</legend>
      <button type="button" aria-pressed={!note} onClick={() => onChange(false)}>
        {t('composer.message')}
      </button>
      <button type="button" aria-pressed={note} onClick={() => onChange(true)}>
        {t('composer.note')}
      </button>
    </fieldset>
  );
}
