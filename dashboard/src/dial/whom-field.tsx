import FormField from '@cloudscape-design/components/form-field';
import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isNumber } from './as-typed';
import { useNumberWriting } from './use-number-writing';
import type { WhomEntry } from './whom';
import { WhomInput } from './whom-input';
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
  const pick = (entry: WhomEntry) => {
    setActive(-1);
    onPick(entry);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const entry = entries[active];
    if (event.key === 'ArrowDown') setActive(stepped(active, 1, entries.length));
    else if (event.key === 'ArrowUp') setActive(stepped(active, -1, entries.length));
    else if (event.key !== 'Enter') return;
    else if (entry) pick(entry);
    else onEnter();
    event.preventDefault();
  };
  return (
    <>
      <FormField label={label} description={hint || undefined} errorText={problem} controlId={id} stretch>
        <WhomInput
          ref={input}
          id={id}
          text={text}
          invalid={problem !== ''}
          expanded={entries.length > 0}
          pointed={entries[active] ? optionId(id, active) : undefined}
          onWrite={write}
          onKeyDown={onKeyDown}
        />
      </FormField>
      {children}
      <WhomList id={id} entries={entries} active={active} chosen={chosen} onPick={pick} />
      <Count text={text} count={entries.length} />
    </>
  );
}

/** Says how many fit; a number need not be anybody's. */
function Count({ text, count }: { text: string; count: number }) {
  const { t } = useTranslation();
  const nobody = text !== '' && count === 0 && !isNumber(text);
  return (
    <p role="status" className={nobody ? 'call-hint' : 'visually-hidden'}>
      {nobody ? t('whom.nobody') : text && count > 0 && t('whom.found', { count })}
    </p>
  );
}

/** Goes round, by way of pointing at nothing. */
function stepped(active: number, step: number, count: number): number {
  const places = count + 1;
  return ((active + 1 + step + places) % places) - 1;
}
