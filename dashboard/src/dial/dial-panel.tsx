import '../styles/dial.css';
import Button from '@cloudscape-design/components/button';
import { type KeyboardEvent, useId, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { LineChoice } from '../app/line-choice';
import { useFocusKept } from '../app/use-focus-kept';
import { KeypadKeys } from '../call/keypad-keys';
import { PhoneButton } from '../call/phone-button';
import { useDesk, useDeskState } from '../desk/desk-context';
import { usePhoneFormat } from '../desk/phone-format';
import { selectCall } from '../desk/selectors';
import { isNumber } from './as-typed';
import { ColleaguesMissing } from './colleagues-missing';
import { useNumberWriting } from './use-number-writing';
import { useWhomToCall } from './use-whom';
import type { WhomEntry } from './whom';
import { WhomField } from './whom-field';

/** Calls a number: written, pressed, or of somebody who is found by name. It lies over the page and blocks nothing. */
export function DialPanel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { dialler } = useDesk();
  const { text, name, problem } = useSyncExternalStore(dialler.subscribe, dialler.get);
  const { entries, failed, reload } = useWhomToCall(text);
  const writing = useNumberWriting();
  const obstacle = useObstacle();
  const format = usePhoneFormat();
  const title = useId();
  const panel = useRef<HTMLDivElement>(null);
  useFocusKept(panel, `${entries.length} ${problem}`);

  const press = (sign: string) => dialler.write(writing(text, text + sign, true));
  const pick = ({ number = '', name: whose }: WhomEntry) => dialler.write(format(number), whose);
  const enter = () => {
    const [first] = entries;
    if (!isNumber(text)) first && text && pick(first);
    else if (!obstacle) void dialler.call();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
    else if (isPressed(event)) press(event.key);
    else return;
    event.preventDefault();
  };
  return (
    <div ref={panel} className="dial-panel" role="dialog" aria-labelledby={title} tabIndex={-1} onKeyDown={onKeyDown}>
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
        {failed && <ColleaguesMissing onRetry={reload} />}
        {text === '' && <Forget />}
        <KeypadKeys onPress={press} longZero />
      </div>
      <DialFooter />
    </div>
  );
}

/** Forgets the numbers that this browser has kept. */
function Forget() {
  const { t } = useTranslation();
  const { dialled } = useDesk();
  const kept = useSyncExternalStore(dialled.subscribe, dialled.get);
  if (kept.length === 0) return null;
  return (
    <Button variant="inline-link" onClick={() => dialled.clear()}>
      {t('dial.forget')}
    </Button>
  );
}

/** From which line, and the green phone; or why there can be no call. */
function DialFooter() {
  const { t } = useTranslation();
  const { dialler } = useDesk();
  const { text, calling } = useSyncExternalStore(dialler.subscribe, dialler.get);
  const obstacle = useObstacle();
  return (
    <div className="dial-footer">
      <LineChoice />
      {obstacle && <p className="call-hint">{t(`dial.${obstacle}`)}</p>}
      <PhoneButton
        look="green"
        keys={undefined}
        loading={calling}
        disabled={obstacle !== undefined || !isNumber(text)}
        onClick={() => void dialler.call()}
      >
        {t('dial.call')}
      </PhoneButton>
    </div>
  );
}

function useObstacle(): 'inCall' | 'noLine' | undefined {
  const { stage } = useDeskState(selectCall);
  const noLine = useDeskState((state) => state.lines.length === 0);
  if (stage === 'live' || stage === 'ringing') return 'inCall';
  return noLine ? 'noLine' : undefined;
}

/** A telephone's key, pressed anywhere but in the field, which takes it by itself. */
const isPressed = ({ key, target, ctrlKey, metaKey }: KeyboardEvent): boolean =>
  /^[0-9*#+]$/.test(key) && !ctrlKey && !metaKey && !(target instanceof HTMLInputElement);
