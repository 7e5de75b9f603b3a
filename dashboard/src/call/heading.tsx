import { useDeskState } from '../desk/desk-context';

/** What this is, and for which queue. */
export function Heading({ title, queueId }: { title: string; queueId: string }) {
  const queue = useDeskState((state) => state.queues.find(({ id }) => id === queueId));
  return (
    <header className="call-heading">
      <h2>{title}</h2>
      {queue && <p className="call-queue">{queue.name}</p>}
    </header>
  );
}
