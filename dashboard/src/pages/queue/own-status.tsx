import { useTranslation } from 'react-i18next';
import type { Queue } from '../../api/model';
import { StatusDot } from '../../app/status-dot';
import { useDeskState } from '../../desk/desk-context';
import { selectMe } from '../../desk/selectors';
import { standingText } from '../../desk/standing-text';
import { MyStatus } from '../desk/my-status';

/** How the agent stands in the queue; nothing for one who does not serve it. */
export function OwnStatus({ queue }: { queue: Queue }) {
  const { t } = useTranslation();
  const mine = useDeskState(selectMe)?.memberships.find(({ queueId }) => queueId === queue.id);
  const pauseReasons = useDeskState((state) => state.pauseReasons);
  const pending = useDeskState((state) => state.pending.includes('status'));
  if (!mine) return null;
  const { status, reason = '', since } = mine;
  return (
    <div className="own-status">
      <span className="dotted">
        <StatusDot status={status} />
        <strong>{standingText(t, status === 'paused' ? { status, reason, since } : { status, since })}</strong>
      </span>
      <MyStatus queue={queue} status={status} pauseReasons={pauseReasons} pending={pending} />
    </div>
  );
}
