import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import { useTranslation } from 'react-i18next';
import type { Membership, Queue, Status } from '../../api/model';
import { StatusDot } from '../../app/status-dot';
import { useDesk, useDeskState } from '../../desk/desk-context';
import { pauseReasonName } from '../../desk/pause-reason';
import { standingText } from '../../desk/standing-text';
import { secondsBetween, useServerNow } from '../../desk/use-server-now';
import { formatDuration } from '../../i18n/format';

const PAUSE = 'pause:';

/** One assigned queue: how the agent stands in it, and the menu to change that for this queue alone. */
export function QueueCard({ queue, membership }: { queue: Queue; membership: Membership }) {
  const { t } = useTranslation();
  const { status, reason = '', since } = membership;
  const standing = status === 'paused' ? ({ status, reason, since } as const) : ({ status, since } as const);
  return (
    <article className="queue-card panel" data-status={status} aria-label={queue.name}>
      <div className="queue-card-head">
        <h3>{queue.name}</h3>
        {queue.kind === 'campaign' && <span className="quiet">{t('call.campaign')}</span>}
      </div>
      <p className="queue-card-status">
        <StatusDot status={status} />
        <strong>{standingText(t, standing)}</strong>
        {status === 'out' ? null : <Since since={since} />}
      </p>
      <MyStatus queue={queue} status={status} />
    </article>
  );
}

function Since({ since }: { since: string | undefined }) {
  const { t } = useTranslation();
  const now = useServerNow();
  if (!since) return null;
  return <span className="quiet">{t('card.since', { duration: formatDuration(secondsBetween(since, now)) })}</span>;
}

function MyStatus({ queue, status }: { queue: Queue; status: Status }) {
  const { t } = useTranslation();
  const { actions } = useDesk();
  const pauseReasons = useDeskState((state) => state.pauseReasons);
  const pending = useDeskState((state) => state.pending.includes('status'));
  const queues = [queue.id];
  const choose = (id: string) => {
    if (id.startsWith(PAUSE)) void actions.setStatus({ status: 'paused', reason: id.slice(PAUSE.length), queues });
    else void actions.setStatus({ status: id === 'ready' ? 'ready' : 'out', queues });
  };
  return (
    <ButtonDropdown
      items={[
        { id: 'ready', text: t('card.readyNow'), disabled: status === 'ready' },
        {
          text: t('status.pauses'),
          items: pauseReasons.map((reason) => ({ id: PAUSE + reason, text: pauseReasonName(t, reason) })),
        },
        { id: 'out', text: t('card.logOut'), disabled: status === 'out' },
      ]}
      ariaLabel={t('card.myStatusIn', { queue: queue.name })}
      disabled={pending}
      onItemClick={({ detail }) => choose(detail.id)}
    >
      {t('card.myStatus')}
    </ButtonDropdown>
  );
}
