import { secondsBetween, useServerNow } from '../../desk/use-server-now';
import { formatDuration } from '../../i18n/format';

/** The time since a moment. It ticks. */
export function Clock({ since }: { since: string }) {
  return <span className="clock">{formatDuration(secondsBetween(since, useServerNow()))}</span>;
}
