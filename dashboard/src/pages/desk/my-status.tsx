import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Queue, Status } from '../../api/model';
import { useDesk } from '../../desk/desk-context';
import { pauseReasonName } from '../../desk/pause-reason';

const PAUSE = 'pause:';

interface Props {
  queue: Queue;
  status: Status;
  pauseReasons: readonly string[];
  pending: boolean;
}

/** Changes the agent's status in one queue. */
export const MyStatus = memo(function MyStatus({ queue, status, pauseReasons, pending }: Props) {
  const { t } = useTranslation();
  const { actions } = useDesk();
  const queues = [queue.id];
  const choose = (id: string) => {
    if (id.startsWith(PAUSE)) void actions.setStatus({ status: 'paused', reason: id.slice(PAUSE.length), queues });
    else void actions.setStatus({ status: id === 'ready' ? 'ready' : 'out', queues });
  };
  return (
    <div className="my-status">
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
    </div>
  );
});
