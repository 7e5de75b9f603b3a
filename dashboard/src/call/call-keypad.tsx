import Button from '@cloudscape-design/components/button';
import { type KeyboardEvent, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contact } from '../api/model';
import { useFocusKept } from '../app/use-focus-kept';
import { useDesk } from '../desk/desk-context';
import type { KeypadState } from '../desk/keypad';
import { KeypadKeys } from './keypad-keys';

/** So many of the digits that were pressed are shown. */
const SHOWN = 20;

interface Props {
  id: string;
  contact: Contact;
  /** Escape was pressed. */
  onClose: () => void;
}

/** A telephone's keys, for the digits that machines ask for. While it has the focus, the keyboard's digits do the same. */
export function CallKeypad({ id, contact, onClose }: Props) {
  const { t } = useTranslation();
  const { keypad } = useDesk();
  const state = useSyncExternalStore(keypad.subscribe, keypad.get);
  const pad = useRef<HTMLDivElement>(null);
  const mine = state.contactId === contact.id;
  const problem = mine ? state.problem : undefined;
  useFocusKept(pad, problem ?? '');
  useLayoutEffect(() => pad.current?.focus(), []);

  const press = (digit: string) => keypad.press(contact.id, digit);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
    else if (isDigit(event)) press(event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups the fields of a form
    <div
      id={id}
      ref={pad}
      role="group"
      className="keypad"
      aria-label={t('keypad.title')}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <output className="keypad-display">
        <span className="visually-hidden">{t('keypad.pressed')}</span>
        {mine && <Pressed state={state} />}
      </output>
      {problem && (
        <div role="alert" className="keypad-unsent">
          <strong>{t('keypad.unsent', { digits: state.waiting })}</strong>
          <span>
            {problem === 'server' || problem === 'unreachable' ? t('keypad.retryHint') : t(`error.${problem}`)}
          </span>
          <div className="keypad-unsent-buttons">
            <Button onClick={() => keypad.retry()}>{t('keypad.retry')}</Button>
            <Button onClick={() => keypad.discard()}>{t('keypad.discard')}</Button>
          </div>
        </div>
      )}
      <KeypadKeys onPress={press} />
    </div>
  );
}

/** What has been pressed lately; what is not yet sent looks different. */
function Pressed({ state: { sent, waiting } }: { state: KeypadState }) {
  const late = waiting.slice(-SHOWN);
  const before = sent.slice(Math.max(0, sent.length - SHOWN + late.length));
  return (
    <span>
      {before}
      {late && <span className="keypad-waiting">{late}</span>}
    </span>
  );
}

/** On some keyboards * and # need AltGr, which counts as Ctrl and Alt. */
const isDigit = (event: KeyboardEvent): boolean =>
  /^[0-9*#]$/.test(event.key) &&
  !event.repeat &&
  !event.metaKey &&
  (event.getModifierState('AltGraph') || !(event.ctrlKey || event.altKey));
