import type { Agent, CenterSettings, Contact, DeskSnapshot, Line, Patch, Pong, Queue } from '../api/model';
import type { Notice } from './notice';

/** Where the realtime connection stands. `lost` means that a connection was there and is being sought again. */
export type Link = 'connecting' | 'up' | 'lost';

/** Whether there is a desk to show. A desk once ready stays so: what failed later is a notice. */
export type Phase = 'loading' | 'ready' | 'not-agent' | 'failed';

/** A request that the agent made and that is not yet answered, so that its button shows it and can't be pressed twice. */
export type Action =
  | 'status'
  | 'accept'
  | 'decline'
  | 'end'
  | 'hold'
  | 'resume'
  | 'play'
  | 'stop-playing'
  | 'line'
  | 'invite'
  | 'dismiss-guest'
  | 'hand-over'
  | 'wrap-up'
  | `wrap-up:${string}`
  | `status:${string}`
  | `chat:${string}`;

export interface DeskState {
  phase: Phase;
  link: Link;
  /** Id of the signed-in agent; empty until the first snapshot. */
  me: string;
  centerName: string;
  queues: Queue[];
  pauseReasons: string[];
  /** The numbers from which the agent may call, own ones first. */
  lines: readonly Line[];
  settings: CenterSettings;
  /** Everybody known, by id: the agent, and for supervisors the team. */
  agents: Readonly<Record<string, Agent>>;
  contacts: Readonly<Record<string, Contact>>;
  /** Server clock minus local clock, in milliseconds. */
  clockOffset: number;
  pending: readonly Action[];
  notices: readonly Notice[];
}

export type DeskEvent =
  | { type: 'snapshot'; desk: DeskSnapshot; sentAt: number; receivedAt: number }
  | { type: 'patch'; patch: Patch }
  /** Everybody; `known` are those who were on the desk before it was asked for. */
  | { type: 'team'; team: Patch; known: readonly string[] }
  | { type: 'refused' }
  | { type: 'load-failed' }
  | { type: 'link'; link: Link }
  | { type: 'action-started'; action: Action }
  | { type: 'action-settled'; action: Action }
  | { type: 'notice'; notice: Notice }
  | { type: 'notice-dismissed'; id: string };

export const emptyDesk: DeskState = {
  phase: 'loading',
  link: 'connecting',
  me: '',
  centerName: '',
  queues: [],
  pauseReasons: [],
  lines: [],
  settings: { country: '', attachmentBytes: 0, attachmentTypes: [] },
  agents: {},
  contacts: {},
  clockOffset: 0,
  pending: [],
  notices: [],
};

/** Ended calls, and those put off until later, beyond this number are forgotten, so that a long day does not fill the memory. */
const CONTACTS_KEPT = 200;

/** The desk's one reducer. Versions decide, so events may come in any order, twice or not at all. */
export function reduceDesk(state: DeskState, event: DeskEvent): DeskState {
  switch (event.type) {
    case 'snapshot':
      return withSnapshot(state, event);
    case 'patch':
      return withPatch(state, event.patch);
    case 'team':
      return withTeam(state, event.team, event.known);
    case 'refused':
      return { ...state, phase: 'not-agent' };
    case 'load-failed':
      return state.phase === 'loading' ? { ...state, phase: 'failed' } : state;
    case 'link':
      return state.link === event.link ? state : { ...state, link: event.link };
    case 'action-started':
      return { ...state, pending: [...state.pending, event.action] };
    case 'action-settled':
      return { ...state, pending: state.pending.filter((action) => action !== event.action) };
    case 'notice':
      return { ...state, notices: [...state.notices.filter((n) => n.id !== event.notice.id), event.notice] };
    case 'notice-dismissed':
      return { ...state, notices: state.notices.filter((n) => n.id !== event.id) };
  }
}

function withSnapshot(state: DeskState, event: Extract<DeskEvent, { type: 'snapshot' }>): DeskState {
  const { desk, sentAt, receivedAt } = event;
  const merged = withPatch(state, { agents: [desk.agent], contacts: desk.contact ? [desk.contact] : [] });
  return {
    ...merged,
    phase: 'ready',
    me: desk.agent.id,
    centerName: desk.centerName,
    queues: desk.queues,
    pauseReasons: desk.pauseReasons,
    lines: desk.lines,
    settings: desk.settings,
    clockOffset: Date.parse(desk.serverTime) - (sentAt + receivedAt) / 2,
  };
}

function withPatch(state: DeskState, patch: Patch): DeskState {
  const agents = newest(state.agents, patch.agents);
  const contacts = newest(state.contacts, patch.contacts);
  if (agents === state.agents && contacts === state.contacts) return state;
  return { ...state, agents, contacts: contacts === state.contacts ? contacts : pruned(contacts) };
}

/** Whoever was known and is not in the team any more is forgotten. */
function withTeam(state: DeskState, team: Patch, known: readonly string[]): DeskState {
  const next = withPatch(state, team);
  const gone = known.filter((id) => id !== state.me && !team.agents?.some((agent) => agent.id === id));
  if (gone.length === 0) return next;
  return { ...next, agents: Object.fromEntries(Object.entries(next.agents).filter(([id]) => !gone.includes(id))) };
}

/** Keeps, for each id, the object with the highest version. Nothing new returns the very same record. */
function newest<T extends { id: string; version: number }>(
  known: Readonly<Record<string, T>>,
  incoming: readonly T[] = [],
): Readonly<Record<string, T>> {
  const news = incoming.filter((item) => item.version > (known[item.id]?.version ?? -1));
  if (news.length === 0) return known;
  const merged: Record<string, T> = { ...known };
  for (const item of news) {
    if (item.version > (merged[item.id]?.version ?? -1)) merged[item.id] = item;
  }
  return merged;
}

/** Forgets the oldest calls that are on no desk any more; ids are ULIDs, so their order is the order of creation. */
function pruned(contacts: Readonly<Record<string, Contact>>): Readonly<Record<string, Contact>> {
  const ended = Object.values(contacts).filter(({ state }) => state === 'ended' || state === 'scheduled');
  if (ended.length <= CONTACTS_KEPT) return contacts;
  const kept = { ...contacts };
  for (const { id } of ended.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, ended.length - CONTACTS_KEPT))
    delete kept[id];
  return kept;
}

/** Tells whether the server holds something newer than this desk: a patch was lost, and a snapshot is due. */
export function isBehind(state: DeskState, pong: Pong): boolean {
  if (pong.agentVersion > (state.agents[state.me]?.version ?? -1)) return true;
  return pong.contactId !== undefined && (pong.contactVersion ?? 0) > (state.contacts[pong.contactId]?.version ?? -1);
}
