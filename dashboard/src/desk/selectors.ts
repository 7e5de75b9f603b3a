import type { Agent, Contact, Guest, Line, Membership, Queue } from '../api/model';
import type { DeskState } from './desk-state';

/** What the agent's call is doing, as the call panel shows it. */
export type CallStage =
  | { stage: 'idle' }
  /** Rung for a colleague's call as its guest, the agent answers with the same verbs: the invitation is the offer. */
  | { stage: 'ringing'; contact: Contact; offer: NonNullable<Contact['offer']>; asGuest: boolean }
  | { stage: 'live'; contact: Contact; asGuest: boolean }
  | { stage: 'wrap-up'; wrapUp: NonNullable<Agent['wrapUp']>; contact: Contact | undefined };

const idle: CallStage = { stage: 'idle' };

export const selectMe = (state: DeskState): Agent | undefined => state.agents[state.me];

/** The call that is offered to the agent or live, unless it is already known to be over. */
export function selectContact(state: DeskState): Contact | undefined {
  const id = selectMe(state)?.contactId;
  return id ? state.contacts[id] : undefined;
}

export function callStage(me: Agent | undefined, contact: Contact | undefined, wrapUpContact?: Contact): CallStage {
  if (!me) return idle;
  if (contact?.state === 'offered' && contact.offer?.agentId === me.id) {
    return { stage: 'ringing', contact, offer: contact.offer, asGuest: false };
  }
  if (contact?.state === 'connecting' || contact?.state === 'connected') {
    if (contact.agentId === me.id) return { stage: 'live', contact, asGuest: false };
    if (contact.guest?.agentId === me.id) return guestStage(contact, contact.guest, me.id);
  }
  return me.wrapUp ? { stage: 'wrap-up', wrapUp: me.wrapUp, contact: wrapUpContact } : idle;
}

function guestStage(contact: Contact, guest: Guest, agentId: string): CallStage {
  if (guest.state === 'joined') return { stage: 'live', contact, asGuest: true };
  const { id, at, expiresAt } = guest;
  return { stage: 'ringing', contact, offer: { id, agentId, at, expiresAt }, asGuest: true };
}

export function selectCall(state: DeskState): CallStage {
  const me = selectMe(state);
  return callStage(me, selectContact(state), me?.wrapUp ? state.contacts[me.wrapUp.contactId] : undefined);
}

/** The agent's record names a call that no patch has brought: only a snapshot can. */
export function selectContactMissing(state: DeskState): boolean {
  const id = selectMe(state)?.contactId;
  return Boolean(id) && !state.contacts[id ?? ''];
}

export const joined = (agent: Agent): Membership[] => agent.memberships.filter(({ status }) => status !== 'out');

/** The agent's queues in the order of assignment, each with the membership that says how the agent stands in it. */
export function assignedQueues(me: Agent, queues: readonly Queue[]): { queue: Queue; membership: Membership }[] {
  return me.memberships.flatMap((membership) => {
    const queue = queues.find(({ id }) => id === membership.queueId);
    return queue ? [{ queue, membership }] : [];
  });
}

/** The line from which the agent calls: the one that they chose, or the first of theirs. */
export function lineOf(state: DeskState): Line | undefined {
  const chosen = selectMe(state)?.line;
  return state.lines.find(({ number }) => number === chosen) ?? state.lines[0];
}

/** One word for an agent's memberships together. */
export type Standing =
  | { status: 'out' }
  | { status: 'ready'; since: string | undefined }
  | { status: 'paused'; reason: string; since: string | undefined }
  | { status: 'mixed'; ready: number; joined: number };

/** Memberships that agree give their status and the latest moment since which they do. */
export function standingOf(agent: Agent): Standing {
  const memberships = joined(agent);
  const [first] = memberships;
  if (!first) return { status: 'out' };
  const agreed = memberships.every(({ status, reason }) => status === first.status && reason === first.reason);
  if (!agreed) {
    return {
      status: 'mixed',
      ready: memberships.filter(({ status }) => status === 'ready').length,
      joined: memberships.length,
    };
  }
  const since = memberships
    .flatMap((m) => m.since ?? [])
    .sort()
    .at(-1);
  return first.status === 'ready'
    ? { status: 'ready', since }
    : { status: 'paused', reason: first.reason ?? '', since };
}

/** An unanswered call made the system pause the agent. */
export const missedCall = (agent: Agent): boolean =>
  agent.memberships.some(({ status, reason }) => status === 'paused' && reason === 'missed');
