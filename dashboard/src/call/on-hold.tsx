import { useTranslation } from 'react-i18next';
import { secondsBetween, useServerNow } from '../desk/use-server-now';
import { formatDuration } from '../i18n/format';

/** Says that the customer is on hold, since when, and who hears what. */
export function OnHold({ since }: { since: string }) {
  const { t } = useTranslation();
  const now = useServerNow();
  // The server's clock is known to a fraction of a second: never less than nothing.
  const seconds = Math.max(0, secondsBetween(since, now));
  return (
    <section className="on-hold" aria-label={t('call.holdRegion')}>
      <p className="on-hold-title">
        <strong>{t('call.onHold')}</strong>
        <span role="timer" aria-label={t('call.holdTime')}>
          {formatDuration(seconds)}
        </span>
      </p>
      <p>{t('call.holdHint')}</p>
    </section>
  );
}
