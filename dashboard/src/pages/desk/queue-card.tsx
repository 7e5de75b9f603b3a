import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Membership, Queue } from '../../api/model';
import type { Card } from '../../api/report-model';
import { StatusDot } from '../../app/status-dot';
import { CardFigures } from '../../cards/card-figures';
import { queueHref } from '../../cards/queue-href';
import { standingText } from '../../desk/standing-text';
import { secondsBetween, useServerNow } from '../../desk/use-server-now';
import { formatDuration } from '../../i18n/format';
import { MyStatus } from './my-status';

/** What belongs to the agent's membership is given piece by piece, so that the card is drawn only when one of them changes. */
interface Props extends Pick<Membership, 'status'> {
  queue: Queue;
  reason: string | undefined;
  since: string | undefined;
  pauseReasons: readonly string[];
  pending: boolean;
  card: Card | undefined;
  failed: boolean;
}

/** One assigned queue: what is going on in it, how the agent stands in it, and the menu to change that for this queue alone. */
export const QueueCard = memo(function QueueCard({ queue, card, failed, ...mine }: Props) {
  const { t } = useTranslation();
  const { status, reason = '', since, pauseReasons, pending } = mine;
  const standing = status === 'paused' ? ({ status, reason, since } as const) : ({ status, since } as const);
  return (
    <article className="queue-card panel" data-status={status} aria-label={queue.name}>
      <div className="queue-card-head">
        <h3>
          <Link to={queueHref(queue.id)}>{queue.name}</Link>
        </h3>
        {queue.kind === 'campaign' && <span className="quiet">{t('call.campaign')}</span>}
      </div>
      <CardFigures kind={queue.kind} card={card} failed={failed} />
      <div className="queue-card-foot">
        <p className="queue-card-status">
          <StatusDot status={status} />
          <strong>{standingText(t, standing)}</strong>
          {status !== 'out' && since && <Since since={since} />}
        </p>
        <MyStatus queue={queue} status={status} pauseReasons={pauseReasons} pending={pending} />
      </div>
    </article>
  );
});

function Since({ since }: { since: string }) {
  const { t } = useTranslation();
  const now = useServerNow();
  return <span className="quiet">{t('card.since', { duration: formatDuration(secondsBetween(since, now)) })}</span>;
}
