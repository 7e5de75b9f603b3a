import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sampleAgent, sampleContact, sampleDesk } from '../../test/samples';
import type { DeskApi } from '../api/client';
import { Problem } from '../api/problem';
import { createDeskStore } from './desk-store';
import { createDeskSync } from './desk-sync';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp(desk: DeskApi['desk']) {
  const store = createDeskStore();
  const fetchDesk = vi.fn(desk);
  return { store, fetchDesk, sync: createDeskSync({ desk: fetchDesk } as unknown as DeskApi, store) };
}

it('fetches once more when asked while a snapshot is under way, however often', async () => {
  const { store, fetchDesk, sync } = setUp(async () => sampleDesk(sampleAgent()));
  sync.now();
  sync.now();
  sync.now();
  await vi.runAllTimersAsync();
  expect(fetchDesk).toHaveBeenCalledTimes(2);
  expect(store.get().phase).toBe('ready');
});

it('tries again after a failure and shows that it failed', async () => {
  let broken = true;
  const { store, sync } = setUp(async () => {
    if (broken) throw new Problem(503, '', '');
    return sampleDesk(sampleAgent());
  });
  sync.now();
  await vi.advanceTimersByTimeAsync(0);
  expect(store.get().phase).toBe('failed');
  broken = false;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(store.get().phase).toBe('ready');
});

it('stops at somebody who is no agent', async () => {
  const { store, fetchDesk, sync } = setUp(() => Promise.reject(new Problem(403, 'not-an-agent', '')));
  sync.now();
  await vi.runAllTimersAsync();
  expect(store.get().phase).toBe('not-agent');
  expect(fetchDesk).toHaveBeenCalledOnce();
});

it('fetches the call that a patch names and none brought', async () => {
  const busy = sampleAgent({ version: 2, contactId: 'call-1' });
  const { store, fetchDesk, sync } = setUp(async () => sampleDesk(busy, sampleContact()));
  store.dispatch({ type: 'snapshot', desk: sampleDesk(sampleAgent()), sentAt: 0, receivedAt: 0 });
  store.dispatch({ type: 'patch', patch: { agents: [busy] } });
  await vi.runAllTimersAsync();
  expect(fetchDesk).toHaveBeenCalledOnce();
  expect(store.get().contacts['call-1']).toBeDefined();
  sync.stop();
});

it('ignores what comes after it was stopped', async () => {
  const { store, sync } = setUp(async () => sampleDesk(sampleAgent()));
  sync.now();
  sync.stop();
  await vi.runAllTimersAsync();
  expect(store.get().phase).toBe('loading');
});
