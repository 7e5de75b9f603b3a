import type { DeskState } from './desk-state';
import type { DeskStore } from './desk-store';
import { selectCall } from './selectors';

/** The colleague with whom the agent has a call, or is asked into it; empty when there is none. */
export function colleagueOf(state: DeskState): string {
  const call = selectCall(state);
  if (call.stage !== 'ringing' && call.stage !== 'live') return '';
  return (call.asGuest ? call.contact.agentId : call.contact.guest?.agentId) ?? '';
}

/** Asks for the colleagues' names when a call has one whom nobody has named yet: desks of agents know only themselves. */
export function nameColleagues(store: DeskStore, isNamed: (agentId: string) => boolean, load: () => void): void {
  let last = '';
  store.subscribe(() => {
    const state = store.get();
    const id = colleagueOf(state);
    if (id && id !== last && !state.agents[id] && !isNamed(id)) load();
    last = id;
  });
}
