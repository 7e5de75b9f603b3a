import Alert from '@cloudscape-design/components/alert';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import type { CannedPicker } from './use-canned-picker';

/** The canned messages that can be chosen, above the text field, which keeps the focus. */
export function CannedList({ picker }: { picker: CannedPicker }) {
  const { t } = useTranslation();
  const { shown, items, active, listId, phase, refused, pick } = picker;
  if (refused) return <Alert type="info">{t('canned.oneAtATime')}</Alert>;
  if (!shown) return null;
  return (
    <div className="canned-list">
      <p className="canned-list-hint" role="status">
        {items.length > 0 ? t('canned.choose', { count: items.length }) : <Nothing phase={phase} />}
      </p>
      {items.length > 0 && (
        <div id={listId} role="listbox" aria-label={t('composer.canned')}>
          {items.map((item, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the text field has the keys
            <div
              key={item.id}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className="canned-option"
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(item)}
            >
              <span className="canned-option-head">
                <strong>{item.title}</strong>
                {item.shortcut && <code>/{item.shortcut}</code>}
                {item.public && <span className="quiet">{t('canned.public')}</span>}
              </span>
              <span className="canned-option-text">{item.text}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

function Nothing({ phase }: { phase: CannedPicker['phase'] }) {
  const { t } = useTranslation();
  if (phase === 'loading') return <StatusIndicator type="loading">{t('app.loading')}</StatusIndicator>;
  return t(phase === 'failed' ? 'canned.loadFailed' : 'canned.noMatch');
}
