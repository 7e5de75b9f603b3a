import type { KeyboardEvent, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { listId } from './whom-list';

interface Props {
  ref: Ref<HTMLInputElement>;
  id: string;
  text: string;
  invalid: boolean;
  /** Whether the list shows anything. */
  expanded: boolean;
  /** The id of the entry that is pointed at. */
  pointed: string | undefined;
  /** `atEnd`: what was typed was added to the end, or taken from it. */
  onWrite: (typed: string, atEnd: boolean) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** As long as numbers and names can be. */
const LONGEST = 40;

/** What is typed, with a key that takes the last sign back. */
export function WhomInput({ ref, id, text, invalid, expanded, pointed, onWrite, onKeyDown }: Props) {
  const { t } = useTranslation();
  return (
    <div className="whom-input">
      <input
        ref={ref}
        id={id}
        role="combobox"
        inputMode="tel"
        autoComplete="off"
        spellCheck={false}
        maxLength={LONGEST}
        value={text}
        aria-expanded={expanded}
        aria-controls={listId(id)}
        aria-autocomplete="list"
        aria-activedescendant={pointed}
        aria-invalid={invalid}
        placeholder={t('whom.placeholder')}
        onChange={({ target }) => onWrite(target.value, target.selectionStart === target.value.length)}
        onKeyDown={onKeyDown}
      />
      {text && (
        <button
          type="button"
          className="whom-backspace"
          aria-label={t('whom.backspace')}
          onClick={() => onWrite(text.slice(0, -1), true)}
        >
          <span aria-hidden="true">⌫</span>
        </button>
      )}
    </div>
  );
}
