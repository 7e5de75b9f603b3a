import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { useTranslation } from 'react-i18next';
import type { Membership, Queue } from '../../api/model';
import { useCards } from '../../cards/use-cards';
import { useDeskState } from '../../desk/desk-context';
import { QueueCard } from './queue-card';

interface Props {
  assigned: readonly { queue: Queue; membership: Membership }[];
}

/** The agent's queues, live. A card that is pushed draws itself anew and leaves the others and the page alone. */
export function QueueCards({ assigned }: Props) {
  const { t } = useTranslation();
  const { cards, failed, retry } = useCards(assigned.map(({ queue }) => queue.id));
  const pauseReasons = useDeskState((state) => state.pauseReasons);
  const pending = useDeskState((state) => state.pending.includes('status'));
  return (
    <>
      {failed && <CardsFailed onRetry={retry} />}
      <ul className="queue-cards" aria-label={t('desk.queueList')}>
        {assigned.map(({ queue, membership: { status, reason, since } }) => (
          <li key={queue.id}>
            <QueueCard
              queue={queue}
              status={status}
              reason={reason}
              since={since}
              pauseReasons={pauseReasons}
              pending={pending}
              card={cards[queue.id]}
              failed={failed}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Says that the figures are not those of now. */
export function CardsFailed({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert type="warning" header={t('card.failedTitle')} action={<Button onClick={onRetry}>{t('app.retry')}</Button>}>
      {t('card.failedText')}
    </Alert>
  );
}
