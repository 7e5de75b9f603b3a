import FormField from '@cloudscape-design/components/form-field';
import { type ChangeEvent, type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isNumber } from './as-typed';
import { useNumberWriting } from './use-number-writing';
import type { WhomEntry } from './whom';
import { optionId, WhomList } from './whom-list';

interface Props {
  label: string;
  /** Who was chosen by what is written, if anybody. */
  hint: string;
  text: string;
  /** What is wrong with it, in words. */
  problem: string;
  entries: readonly WhomEntry[];
  /** The entry that is chosen. */
  chosen?: string | undefined;
  onText: (text: string) => void;
  onPick: (entry: WhomEntry) => void;
  /** Enter was pressed, and no entry is pointed at. */
  onEnter: () => void;
  /** What stands between the field and the list. */
  children?: ReactNode;
}

/** A field for a number or a name, and under it who fits: the arrow keys point, Enter chooses. */
export function WhomField({ label, hint, text, problem, entries, chosen, onText, onPick, onEnter, children }: Props) {
  const { t } = useTranslation();
  const writing = useNumberWriting();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [active, setActive] = useState(-1);
  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);

  const write = (typed: string, atEnd: boolean) => {
    setActive(-1);
    onText(writing(text, typed, atEnd));
  };
  const onChange = ({ target }: ChangeEvent<HTMLInputElement>) =>
    write(target.value, target.selectionStart === target.value.length);
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined) setActive(stepped(active, step, entries.length));
    else if (event.key === 'Enter') enter();
    else return;
    event.preventDefault();
  };
  const pick = (entry: WhomEntry) => {
    setActive(-1);
    onPick(entry);
    input.current?.focus();
  };
  const enter = () => {
    const entry = entries[active];
    if (entry) pick(entry);
    else onEnter();
  };
  // A number need not be anybody's.
  const nobody = text !== '' && entries.length === 0 && !isNumber(text);
  return (
    <>
      <FormField label={label} description={hint || undefined} errorText={problem} controlId={id} stretch>
        <div className="whom-input">
          <input
            ref={input}
            id={id}
            role="combobox"
            inputMode="tel"
            autoComplete="off"
            spellCheck={false}
            maxLength={40}
            value={text}
            aria-expanded={entries.length > 0}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={entries[active] ? optionId(id, active) : undefined}
            aria-invalid={problem !== ''}
            placeholder={t('whom.placeholder')}
            onChange={onChange}
            onKeyDown={onKeyDown}
          />
          {text && (
            <button
              type="button"
              className="whom-backspace"
              aria-label={t('whom.backspace')}
              onClick={() => write(text.slice(0, -1), true)}
            >
              <span aria-hidden="true">⌫</span>
            </button>
          )}
        </div>
      </FormField>
      {children}
      <WhomList id={id} entries={entries} active={active} chosen={chosen} onPick={pick} />
      <p role="status" className={nobody ? 'call-hint' : 'visually-hidden'}>
        {nobody ? t('whom.nobody') : text && entries.length > 0 && t('whom.found', { count: entries.length })}
      </p>
    </>
  );
}

/** Goes round, by way of pointing at nothing. */
function stepped(active: number, step: number, count: number): number {
  const places = count + 1;
  return ((active + 1 + step + places) % places) - 1;
}
