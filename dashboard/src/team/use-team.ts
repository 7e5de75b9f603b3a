import { useEffect, useSyncExternalStore } from 'react';
import type { Agent } from '../api/model';
import { useDesk, useDeskState } from '../desk/desk-context';
import { useDerived } from '../desk/use-derived';
import { type Doing, doingOf } from './doing';
import { contactOf } from './tally';
import type { TeamState } from './team';

/** Keeps everybody known as long as the component is there. */
export function useTeam(): TeamState & { retry: () => void } {
  const { team } = useDesk();
  useEffect(() => team.watch(), [team]);
  const state = useSyncExternalStore(team.subscribe, team.get);
  return { ...state, retry: team.refresh };
}

export const useAgent = (id: string): Agent | undefined => useDeskState((state) => state.agents[id]);

/** What an agent does, as seen from all queues or from one. */
export function useDoing(agent: Agent, queueId: string): Doing {
  const { store } = useDesk();
  return useDerived(store, (state) => doingOf(agent, contactOf(state, agent), queueId));
}

export const useQueueName = (queueId: string): string =>
  useDeskState((state) => state.queues.find(({ id }) => id === queueId)?.name ?? queueId);
