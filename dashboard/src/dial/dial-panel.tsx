import '../styles/dial.css';
import Button from '@cloudscape-design/components/button';
import { type KeyboardEvent, useId, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { LineChoice } from '../app/line-choice';
import { KeypadKeys } from '../call/keypad-keys';
import { PhoneButton } from '../call/phone-button';
import { useDesk, useDeskState } from '../desk/desk-context';
import { usePhoneFormat } from '../desk/phone-format';
import { selectCall } from '../desk/selectors';
import { isNumber } from './as-typed';
import { useNumberWriting } from './use-number-writing';
import { useWhomToCall } from './use-whom';
import type { WhomEntry } from './whom';
import { WhomField } from './whom-field';

/** Calls a number: written, pressed, or of somebody who is found by name. It lies over the page and blocks nothing. */
export function DialPanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { dialler, dialled } = useDesk();
  const { text, name, calling, problem } = useSyncExternalStore(dialler.subscribe, dialler.get);
  const { entries, failed, reload } = useWhomToCall(text);
  const writing = useNumberWriting();
  const format = usePhoneFormat();
  const inCall = useDeskState((state) => ['live', 'ringing'].includes(selectCall(state).stage));
  const noLine = useDeskState((state) => state.lines.length === 0);
  const title = useId();

  const press = (sign: string) => dialler.write(writing(text, text + sign, true));
  const pick = ({ number = '', name: whose }: WhomEntry) => dialler.write(format(number), whose);
  const enter = () => {
    const [first] = entries;
    if (isNumber(text)) void call();
    else if (first && text) pick(first);
  };
  const call = async () => {
    if (!inCall && !noLine) await dialler.call();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
    else if (isPressed(event)) press(event.key);
    else return;
    event.preventDefault();
  };
  return (
    <div className="dial-panel" role="dialog" aria-labelledby={title} tabIndex={-1} onKeyDown={onKeyDown}>
      <div className="dial-header">
        <h2 id={title}>{t('dial.title')}</h2>
        <Button variant="icon" iconName="close" ariaLabel={t('dial.close')} onClick={onClose} />
      </div>
      <div className="dial-body">
        <WhomField
          label={t('dial.field')}
          hint={name}
          text={text}
          problem={problem ? t(`error.${problem}`) : ''}
          entries={entries}
          onText={(written) => dialler.write(written)}
          onPick={pick}
          onEnter={enter}
        />
        {failed && (
          <p className="dial-failed">
            {t('whom.failed')} <Button onClick={reload}>{t('app.retry')}</Button>
          </p>
        )}
        {entries.some(({ group }) => group === 'dialled') && text === '' && (
          <Button variant="inline-link" onClick={() => dialled.clear()}>
            {t('dial.forget')}
          </Button>
        )}
        <KeypadKeys onPress={press} longZero />
      </div>
      <div className="dial-footer">
        <LineChoice />
        {(inCall || noLine) && <p className="call-hint">{t(inCall ? 'dial.inCall' : 'dial.noLine')}</p>}
        <PhoneButton
          look="green"
          keys={undefined}
          loading={calling}
          disabled={inCall || noLine || !isNumber(text)}
          onClick={() => void call()}
        >
          {t('dial.call')}
        </PhoneButton>
      </div>
    </div>
  );
}

/** A telephone's key, pressed anywhere but in the field, which takes it by itself. */
const isPressed = ({ key, target, ctrlKey, metaKey }: KeyboardEvent): boolean =>
  /^[0-9*#+]$/.test(key) && !ctrlKey && !metaKey && !(target instanceof HTMLInputElement);
