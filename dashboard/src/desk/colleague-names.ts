import type { DeskState } from './desk-state';
import type { DeskStore } from './desk-store';
import { selectCall, selectMe } from './selectors';

/** The colleague with whom the agent has a call, or is asked into it; empty when there is none. */
export function colleagueOf(state: DeskState): string {
  const call = selectCall(state);
  if (call.stage !== 'ringing' && call.stage !== 'live') return '';
  return (call.asGuest ? call.contact.agentId : call.contact.guest?.agentId) ?? '';
}

/** The supervisor who chose the agent's status; empty when the agent did. */
const giverOf = (state: DeskState): string => {
  const me = selectMe(state);
  return me?.next?.by ?? me?.memberships.find(({ by }) => by)?.by ?? '';
};

/**
 * Asks for the colleagues' names when a call has one whom nobody has named yet, or one has chosen the agent's status: desks of
 * agents know only themselves.
 */
export function nameColleagues(store: DeskStore, isNamed: (agentId: string) => boolean, load: () => void): void {
  let last = '';
  store.subscribe(() => {
    const state = store.get();
    const ids = [colleagueOf(state), giverOf(state)].filter((id) => id && !state.agents[id] && !isNamed(id)).join(' ');
    if (ids && ids !== last) load();
    last = ids;
  });
}
