import type { Agent } from '../api/model';
import type { DeskState } from '../desk/desk-state';
import { folded } from '../i18n/folded';
import { type Doing, type DoingKind, doings } from './doing';
import { doingIn, isAssigned } from './tally';

/** Which agents are looked for, and in what order. */
export interface TeamQuery {
  /** A part of the name. */
  text: string;
  /** What they do; undefined: whatever. */
  kind: DoingKind | undefined;
  /** A queue that is assigned to them; empty: any. */
  queueId: string;
  sortBy: 'name' | 'doing';
  descending: boolean;
}

export const everybody: TeamQuery = { text: '', kind: undefined, queueId: '', sortBy: 'name', descending: false };

/** The ids of the agents that are looked for. */
export function findAgents(state: DeskState, query: TeamQuery, compare: (a: string, b: string) => number): string[] {
  const text = folded(query.text.trim());
  const found: { agent: Agent; doing: Doing }[] = [];
  for (const agent of Object.values(state.agents)) {
    if (!isAssigned(agent, query.queueId) || !folded(agent.name).includes(text)) continue;
    const doing = doingIn(state, agent, query.queueId);
    if (!query.kind || doing.kind === query.kind) found.push({ agent, doing });
  }
  const turn = query.descending ? -1 : 1;
  found.sort((a, b) => {
    const byName = compare(a.agent.name, b.agent.name) || compare(a.agent.id, b.agent.id);
    return turn * ((query.sortBy === 'doing' && byDoing(a.doing, b.doing)) || byName);
  });
  return found.map(({ agent }) => agent.id);
}

/** Alike together, and who has been at it longest first. */
function byDoing(a: Doing, b: Doing): number {
  const difference = doings.indexOf(a.kind) - doings.indexOf(b.kind);
  if (difference !== 0) return difference;
  return (a.since ?? '') < (b.since ?? '') ? -1 : Number((a.since ?? '') > (b.since ?? ''));
}

/** An agent's place in a list. */
export interface Place {
  id: string;
  index: number;
}

/** The list, with this agent in their place even if they are no longer looked for. */
export function withKept(ids: readonly string[], kept: Place | undefined): readonly string[] {
  if (!kept || ids[kept.index] === kept.id) return ids;
  const others = ids.filter((id) => id !== kept.id);
  return [...others.slice(0, kept.index), kept.id, ...others.slice(kept.index)];
}
