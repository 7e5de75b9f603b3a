import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sampleAgent, sampleContact } from '../../../test/samples';
import { createDeskStore } from '../../desk/desk-store';
import { callAtHand, followCalls } from './calls-end';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const me = 'agent-1';

function setUp(look: (contactId: string) => Promise<boolean>) {
  const store = createDeskStore();
  let version = 1;
  const patch = (agent: Parameters<typeof sampleAgent>[0], contact?: Parameters<typeof sampleContact>[0]) => {
    version += 1;
    const contacts = contact ? [sampleContact({ id: 'call-1', version, ...contact })] : [];
    store.dispatch({ type: 'patch', patch: { agents: [sampleAgent({ version, ...agent })], contacts } });
  };
  const looked = vi.fn(look);
  const stop = followCalls({ get: store.get, subscribe: store.subscribe, agentId: me, look: looked });
  return { store, patch, looked, stop };
}

const live = { state: 'connected', agentId: me } as const;
const wrapUp = { contactId: 'call-1', queueId: 'q-support', since: '', until: '' };

describe('the log', () => {
  it('is looked at when a call and its wrap-up are over, until the call is in it', async () => {
    const answers = [false, true];
    const { store, patch, looked } = setUp(async () => answers.shift() ?? true);
    patch({ contactId: 'call-1' }, live);
    expect(callAtHand(store.get(), me)).toBe('call-1');
    patch({ wrapUp }, { ...live, state: 'ended' });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(looked, 'the call is logged with its wrap-up').not.toHaveBeenCalled();
    patch({});
    await vi.advanceTimersByTimeAsync(500);
    expect(looked.mock.calls).toEqual([['call-1']]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(looked).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(looked, 'there is no polling').toHaveBeenCalledTimes(2);
  });

  it('is looked at a few times only if the call never comes', async () => {
    const { patch, looked } = setUp(async () => false);
    patch({ contactId: 'call-1' }, live);
    patch({}, { ...live, state: 'ended' });
    await vi.advanceTimersByTimeAsync(600_000);
    expect(looked).toHaveBeenCalledTimes(4);
  });

  it('is left alone when a call only rang, and when nobody looks any more', async () => {
    const { patch, looked, stop } = setUp(async () => false);
    patch({ contactId: 'call-1' }, { state: 'offered', offer: { id: 'o', agentId: me, at: '', expiresAt: '' } });
    patch({}, { state: 'waiting' });
    await vi.advanceTimersByTimeAsync(60_000);
    patch({ contactId: 'call-1' }, live);
    patch({}, { ...live, state: 'ended' });
    stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(looked).not.toHaveBeenCalled();
  });
});
