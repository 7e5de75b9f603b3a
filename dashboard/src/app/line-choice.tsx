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
  const text = ({ number, label, own }: Line) =>
    [label, format(number), own ? t('line.own') : ''].filter(Boolean).join(' · ');
  if (lines.length === 1) {
    return (
      <p className="line-choice">
        <span className="line-label">{t('line.label')}</span> {text(line)}
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
        {lines.map((one) => (
          <option key={one.number} value={one.number}>
            {text(one)}
          </option>
        ))}
      </select>
    </div>
  );
}
