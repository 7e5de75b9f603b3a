import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sampleAgent, sampleDesk } from '../../test/samples';
import { Problem } from '../api/problem';
import { createDeskStore } from '../desk/desk-store';
import { createTeam } from './team';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const [me, bob] = [sampleAgent(), sampleAgent({ id: 'agent-2', name: 'Bob' })];

function setUp() {
  const store = createDeskStore();
  store.dispatch({ type: 'snapshot', desk: sampleDesk(me), sentAt: 0, receivedAt: 0 });
  const fetchTeam = vi.fn(async () => ({ agents: [me, bob], contacts: [] }));
  const team = createTeam(fetchTeam, store);
  return { store, fetchTeam, team, ids: () => Object.keys(store.get().agents) };
}

const soon = () => vi.advanceTimersByTimeAsync(10);

it('is fetched when somebody looks, and only then', async () => {
  const { team, fetchTeam, ids } = setUp();
  team.refresh();
  await soon();
  expect(fetchTeam).not.toHaveBeenCalled();
  const leave = team.watch();
  await soon();
  expect([ids(), team.get().loaded]).toEqual([['agent-1', 'agent-2'], true]);
  team.refresh(); // a connection is there again
  await soon();
  expect(fetchTeam).toHaveBeenCalledTimes(2);
  leave();
  team.refresh();
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(fetchTeam).toHaveBeenCalledTimes(2);
});

it('forgets who is gone, but neither oneself nor who came meanwhile', async () => {
  const { team, store, fetchTeam, ids } = setUp();
  team.watch();
  await soon();
  fetchTeam.mockImplementationOnce(async () => {
    store.dispatch({ type: 'patch', patch: { agents: [sampleAgent({ id: 'agent-3' })] } });
    return { agents: [], contacts: [] };
  });
  team.refresh();
  await soon();
  expect(ids()).toEqual(['agent-1', 'agent-3']);
});

it('keeps what it has when it can’t be fetched, says so, and tries again', async () => {
  const { team, fetchTeam, ids } = setUp();
  const listener = vi.fn();
  team.subscribe(listener);
  fetchTeam.mockRejectedValueOnce(new Problem(503, '', ''));
  team.watch();
  await soon();
  expect(team.get()).toEqual({ loaded: false, failed: true });
  expect(ids()).toEqual(['agent-1']);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(team.get()).toEqual({ loaded: true, failed: false });
  expect(listener).toHaveBeenCalledTimes(2);
});

it('asks no more for what it may not see', async () => {
  const { team, fetchTeam } = setUp();
  fetchTeam.mockRejectedValueOnce(new Problem(403, 'forbidden', ''));
  team.watch();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(fetchTeam).toHaveBeenCalledOnce();
});
