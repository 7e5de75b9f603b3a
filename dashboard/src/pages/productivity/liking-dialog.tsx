import CollectionPreferences from '@cloudscape-design/components/collection-preferences';
import Toggle from '@cloudscape-design/components/toggle';
import { useTranslation } from 'react-i18next';
import { keptNames } from '../../settings/use-kept';
import { callTypes, figures } from './calls';
import { columns, type Liking } from './use-liking';

interface Props {
  liking: Liking;
  onChange: (change: Partial<Liking>) => void;
}

/** Which types of calls, which figures and which columns a person wants to see. */
export function LikingDialog({ liking, onChange }: Props) {
  const { t } = useTranslation();
  const named = <T extends string>(names: readonly T[], label: (name: T) => string) =>
    names.map((id) => ({ id, label: label(id) }));
  return (
    <CollectionPreferences
      title={t('productivity.preferences')}
      confirmLabel={t('figures.apply')}
      cancelLabel={t('figures.cancel')}
      preferences={{ visibleContent: [...liking.types, ...liking.figures, ...liking.columns], custom: liking.lists }}
      visibleContentPreference={{
        title: t('productivity.shown'),
        options: [
          { label: t('productivity.typesShown'), options: named(callTypes, (type) => t(`productivity.${type}`)) },
          { label: t('productivity.figuresShown'), options: named(figures, (one) => t(`productivity.figure.${one}`)) },
          {
            label: t('productivity.columnsShown'),
            options: named(columns, (one) => t(`productivity.column.${one}`)).map((option) =>
              option.id === 'call' ? { ...option, editable: false } : option,
            ),
          },
        ],
      }}
      customPreference={(lists, setLists) => (
        <Toggle checked={lists} onChange={({ detail }) => setLists(detail.checked)}>
          {t('productivity.showLists')}
        </Toggle>
      )}
      onConfirm={({ detail }) => {
        const shown = detail.visibleContent ?? [];
        onChange({
          types: keptNames(shown, callTypes),
          figures: keptNames(shown, figures),
          columns: keptNames(shown, columns),
          lists: detail.custom !== false,
        });
      }}
    />
  );
}
