import type { StatusChange } from '../api/client';
import type { Agent } from '../api/model';
import { changeOf } from '../app/status-items';
import { joined } from '../desk/selectors';

/** What a supervisor wishes for an agent. */
export interface Wish {
  /** Where; empty: in every joined queue, or in every assigned one when none is joined. */
  queueId: string;
  /** When call and wrap-up are over. */
  later: boolean;
  /** A status as the status menu names it; empty while none is chosen. */
  status: string;
}

/** As on the agent's own desk, what is chosen during a call and its wrap-up is meant for the time after them. */
export const firstWish = (agent: Agent): Wish => ({ queueId: '', later: isOccupied(agent), status: '' });

export const isOccupied = ({ contactId, wrapUp }: Agent): boolean => Boolean(contactId || wrapUp);

/** Only what is for every joined queue can wait until a call is over. */
export const mayWait = (agent: Agent, { queueId }: Wish): boolean =>
  isOccupied(agent) && !queueId && joined(agent).length > 0;

export function changeFor(agent: Agent, wish: Wish): StatusChange {
  const change = changeOf(wish.status);
  if (wish.queueId) return { ...change, queues: [wish.queueId] };
  if (joined(agent).length === 0) return { ...change, queues: agent.memberships.map(({ queueId }) => queueId) };
  return wish.later && mayWait(agent, wish) ? { ...change, later: true } : change;
}
