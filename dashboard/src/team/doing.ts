import type { Agent, Contact } from '../api/model';
import { callStage } from '../desk/selectors';

/** What agents can be doing, in the order in which a supervisor looks for them. */
export const doings = ['ready', 'ringing', 'call', 'wrapUp', 'paused', 'away', 'out'] as const;

export type DoingKind = (typeof doings)[number];

export interface Doing {
  kind: DoingKind;
  since?: string | undefined;
  /** When it will be over. */
  until?: string;
  /** The call, if there is one and it is known. */
  contact?: Contact;
  /** Of wrap-up. */
  queueId?: string;
}

/**
 * What an agent does, as seen from all of their queues or from one. A call comes before any status. Who has closed the desk keeps
 * their status and is away.
 */
export function doingOf(agent: Agent, contact: Contact | undefined, queueId = ''): Doing {
  const call = callStage(agent, contact);
  switch (call.stage) {
    case 'ringing':
      return { kind: 'ringing', since: call.offer.at, contact: call.contact };
    case 'live': {
      const { connectedAt, acceptedAt, guest } = call.contact;
      return { kind: 'call', since: call.asGuest ? guest?.at : (connectedAt ?? acceptedAt), contact: call.contact };
    }
    case 'wrap-up':
      return { kind: 'wrapUp', since: call.wrapUp.since, until: call.wrapUp.until, queueId: call.wrapUp.queueId };
    case 'idle':
      return agent.contactId && !contact ? { kind: 'call' } : resting(agent, queueId);
  }
}

function resting(agent: Agent, queueId: string): Doing {
  const seen = agent.memberships.filter((m) => m.status !== 'out' && (!queueId || m.queueId === queueId));
  if (seen.length === 0) return { kind: 'out' };
  if (!agent.online) return { kind: 'away' };
  if (seen.some(({ status }) => status === 'ready')) return { kind: 'ready', since: agent.idleSince };
  const since = seen
    .flatMap((m) => m.since ?? [])
    .sort()
    .at(-1);
  return { kind: 'paused', since };
}
