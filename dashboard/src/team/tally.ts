import type { Agent, Contact } from '../api/model';
import type { DeskState } from '../desk/desk-state';
import { joined } from '../desk/selectors';
import { type Doing, type DoingKind, doingOf, doings } from './doing';

type People = Pick<DeskState, 'agents' | 'contacts'>;

export const contactOf = ({ contacts }: People, { contactId = '' }: Agent): Contact | undefined => contacts[contactId];

/** What an agent does, as the desk knows it. */
export const doingIn = (people: People, agent: Agent, queueId: string): Doing =>
  doingOf(agent, contactOf(people, agent), queueId);

export const isAssigned = ({ memberships }: Agent, queueId: string): boolean =>
  !queueId || memberships.some((m) => m.queueId === queueId);

export type Tally = Record<DoingKind, number>;

/** How many of a queue's agents, or of all, do what. */
export function tallyAgents(people: People, queueId: string): Tally {
  const tally = Object.fromEntries(doings.map((kind) => [kind, 0])) as Tally;
  for (const agent of Object.values(people.agents)) {
    if (isAssigned(agent, queueId)) tally[doingIn(people, agent, queueId).kind] += 1;
  }
  return tally;
}

/** Of those who are logged in to a queue with a desk open: who is free for it, paused in it, or has something else to finish. */
export interface Staff {
  loggedIn: number;
  free: number;
  busy: number;
  paused: number;
}

export const nobody: Staff = { loggedIn: 0, free: 0, busy: 0, paused: 0 };

/** The staff of every queue that has any. Asked again about the same people, it gives the same. */
export function createStaffTally(): (people: People) => Readonly<Record<string, Staff>> {
  let last: { agents: unknown; contacts: unknown; staff: Record<string, Staff> } | undefined;
  return (people) => {
    const { agents, contacts } = people;
    if (last?.agents !== agents || last.contacts !== contacts) last = { agents, contacts, staff: staffOf(people) };
    return last.staff;
  };
}

const isBusy = ({ kind }: Doing): boolean => kind === 'ringing' || kind === 'call' || kind === 'wrapUp';

function staffOf(people: People): Record<string, Staff> {
  const staff: Record<string, Staff> = {};
  for (const agent of Object.values(people.agents)) {
    if (!agent.online) continue;
    const busy = isBusy(doingIn(people, agent, ''));
    for (const { queueId, status } of joined(agent)) {
      const own = staff[queueId] ?? { ...nobody };
      own.loggedIn += 1;
      own[busy ? 'busy' : status === 'ready' ? 'free' : 'paused'] += 1;
      staff[queueId] = own;
    }
  }
  return staff;
}
