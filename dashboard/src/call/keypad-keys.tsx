import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

/** As on telephones: https://www.itu.int/rec/T-REC-E.161 */
const keys: readonly { digit: string; letters?: string }[] = [
  { digit: '1' },
  { digit: '2', letters: 'ABC' },
  { digit: '3', letters: 'DEF' },
  { digit: '4', letters: 'GHI' },
  { digit: '5', letters: 'JKL' },
  { digit: '6', letters: 'MNO' },
  { digit: '7', letters: 'PQRS' },
  { digit: '8', letters: 'TUV' },
  { digit: '9', letters: 'WXYZ' },
  { digit: '*' },
  { digit: '0' },
  { digit: '#' },
];

interface Props {
  onPress: (sign: string) => void;
  /** Zero, pressed for long, is a plus. */
  longZero?: boolean;
}

/** The twelve keys, in their order. */
export function KeypadKeys({ onPress, longZero = false }: Props) {
  const { t } = useTranslation();
  const zero = useLongPress(() => onPress('+'));
  const names: Readonly<Record<string, string>> = {
    '*': t('keypad.star'),
    '#': t('keypad.hash'),
    ...(longZero ? { '0': t('keypad.zero') } : {}),
  };
  return (
    <div className="keypad-keys">
      {keys.map(({ digit, letters = longZero && digit === '0' ? '+' : '' }) => (
        <button
          key={digit}
          type="button"
          className="keypad-key"
          aria-label={names[digit] ?? `${digit} ${letters}`.trim()}
          {...(longZero && digit === '0' ? zero.handlers : {})}
          onClick={() => !(digit === '0' && zero.wasLong()) && onPress(digit)}
        >
          <span>{digit}</span> {(letters || digit === '1') && <small>{letters}</small>}
        </button>
      ))}
    </div>
  );
}

/** Milliseconds that make a press a long one. */
const LONG = 500;

function useLongPress(onLong: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const long = useRef(false);
  const stop = () => clearTimeout(timer.current);
  return {
    handlers: {
      onPointerDown: () => {
        long.current = false;
        timer.current = setTimeout(() => {
          long.current = true;
          onLong();
        }, LONG);
      },
      onPointerUp: stop,
      onPointerLeave: stop,
      onPointerCancel: stop,
    },
    /** Whether the click that comes now ends a long press; only that one. */
    wasLong: () => {
      const was = long.current;
      long.current = false;
      return was;
    },
  };
}
