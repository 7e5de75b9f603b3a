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

/** The twelve keys, in their order. */
export function KeypadKeys({ onPress }: { onPress: (digit: string) => void }) {
  const { t } = useTranslation();
  const names: Readonly<Record<string, string>> = { '*': t('keypad.star'), '#': t('keypad.hash') };
  return (
    <div className="keypad-keys">
      {keys.map(({ digit, letters = '' }) => (
        <button
          key={digit}
          type="button"
          className="keypad-key"
          aria-label={names[digit] ?? `${digit} ${letters}`.trim()}
          onClick={() => onPress(digit)}
        >
          <span>{digit}</span> {(letters || digit === '1') && <small>{letters}</small>}
        </button>
      ))}
    </div>
  );
}
