import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Line } from '../api/model';
import { useDesk, useDeskState } from '../desk/desk-context';
import { usePhoneFormat } from '../desk/phone-format';
import { lineOf } from '../desk/selectors';

/** From which number the agent calls: a choice among several, one that is said, or nothing. */
export function LineChoice() {
  const { t } = useTranslation();
  const { actions } = useDesk();
  const format = usePhoneFormat();
  const lines = useDeskState((state) => state.lines);
  const line = useDeskState(lineOf);
  const id = useId();
  if (!line) return null;
  const number = format(line.number);
  if (lines.length === 1) {
    return (
      <p className="line-choice">
        <span className="line-label">{t('line.label')}</span>
        {line.label && <span>{line.label}</span>}
        <span className="line-number">{number}</span>
      </p>
    );
  }
  return (
    <div className="line-choice">
      <label className="line-label" htmlFor={id}>
        {t('line.label')}
      </label>
      {/* The browser's own: it is here before anything else, and opens upwards where there is no room below. */}
      <select id={id} value={line.number} onChange={({ target }) => void actions.setLine(target.value)}>
        <Options title={t('line.own')} lines={lines.filter(({ own }) => own)} />
        <Options title={t('line.shared')} lines={lines.filter(({ own }) => !own)} />
      </select>
      {line.label && <span className="line-number">{number}</span>}
    </div>
  );
}

function Options({ title, lines }: { title: string; lines: readonly Line[] }) {
  const format = usePhoneFormat();
  if (lines.length === 0) return null;
  return (
    <optgroup label={title}>
      {lines.map(({ number, label }) => (
        <option key={number} value={number}>
          {[label, format(number)].filter(Boolean).join(' · ')}
        </option>
      ))}
    </optgroup>
  );
}
