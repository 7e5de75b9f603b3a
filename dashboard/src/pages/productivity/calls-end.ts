import type { DeskState } from '../../desk/desk-state';
import { callStage } from '../../desk/selectors';

/** The call that an agent has, or wraps up; empty when there is none. One that rings is none yet. */
export function callAtHand(state: DeskState, agentId: string): string {
  const agent = state.agents[agentId];
  const stage = callStage(agent, agent?.contactId ? state.contacts[agent.contactId] : undefined);
  if (stage.stage === 'live') return stage.contact.id;
  return stage.stage === 'wrap-up' ? stage.wrapUp.contactId : '';
}

/** Milliseconds after a call's end at which the log is looked at, until the call is in it: it is written a moment later. */
const looks = [500, 1_500, 4_000, 10_000];

interface Ports {
  get: () => DeskState;
  subscribe: (listener: () => void) => () => void;
  agentId: string;
  /** Fetches the log, and tells whether the call is in it. */
  look: (contactId: string) => Promise<boolean>;
}

/** Looks at an agent's log when a call of theirs is over, wrap-up and all. Returns the way to stop. */
export function followCalls({ get, subscribe, agentId, look }: Ports): () => void {
  let before = callAtHand(get(), agentId);
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const plan = (contactId: string, turn: number) => {
    const at = looks[turn];
    if (at === undefined) return;
    const wait = at - (looks[turn - 1] ?? 0);
    timers.set(
      contactId,
      setTimeout(async () => {
        const found = await look(contactId);
        if (!found && timers.has(contactId)) plan(contactId, turn + 1);
      }, wait),
    );
  };
  const stop = subscribe(() => {
    const now = callAtHand(get(), agentId);
    if (before && before !== now) plan(before, 0);
    before = now;
  });
  return () => {
    stop();
    for (const timer of timers.values()) clearTimeout(timer);
    timers.clear();
  };
}
