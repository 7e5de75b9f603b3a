import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhoneFormat } from '../desk/phone-format';
import type { WhomEntry } from './whom';

interface Props {
  /** Of the field that the list belongs to. */
  id: string;
  entries: readonly WhomEntry[];
  active: number;
  chosen: string | undefined;
  onPick: (entry: WhomEntry) => void;
}

export const listId = (fieldId: string): string => `${fieldId}-list`;
export const optionId = (fieldId: string, index: number): string => `${fieldId}-${index}`;

/** Who fits, by groups; the field has the focus and says which one is pointed at. */
export function WhomList({ id, entries, active, chosen, onPick }: Props) {
  const { t } = useTranslation();
  const groups = [...new Set(entries.map(({ group }) => group))];
  return (
    <div id={listId(id)} role="listbox" className="whom-list" aria-label={t('whom.list')} hidden={entries.length === 0}>
      {groups.map((group) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset groups the fields of a form, these are options of a list
        <div key={group} role="group" aria-label={t(`whom.${group}`)}>
          <p className="whom-group" aria-hidden="true">
            {t(`whom.${group}`)}
          </p>
          {entries.map((entry, index) =>
            entry.group === group ? (
              <Option
                key={entry.id}
                id={optionId(id, index)}
                entry={entry}
                active={index === active}
                chosen={entry.id === chosen}
                onPick={() => onPick(entry)}
              />
            ) : null,
          )}
        </div>
      ))}
    </div>
  );
}

interface OptionProps {
  id: string;
  entry: WhomEntry;
  active: boolean;
  chosen: boolean;
  onPick: () => void;
}

function Option({ id, entry, active, chosen, onPick }: OptionProps) {
  const { t } = useTranslation();
  const format = usePhoneFormat();
  const { name, number, presence } = entry;
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const written = number ? format(number) : '';
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which keeps the focus
    // biome-ignore lint/a11y/useFocusableInteractive: as above
    <div
      ref={row}
      id={id}
      role="option"
      className="whom-option"
      aria-selected={chosen}
      data-active={active}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPick}
    >
      <span className="whom-name">{name || written}</span>
      {presence && (
        <span className="whom-presence" data-presence={presence}>
          {t(`whom.${presence}`)}
        </span>
      )}
      {name && written && <span className="quiet">{written}</span>}
    </div>
  );
}
