import { describe, expect, it, vi } from 'vitest';
import type { Voicemail } from '../api/model';
import type { VoicemailApi } from '../api/voicemail-api';
import { createVoicemails } from './voicemails';

const message = (n: number, change: Partial<Voicemail> = {}): Voicemail => ({
  id: `vm_${n}`,
  lineId: 'q-support',
  at: '2026-11-22T12:00:00.000Z',
  seconds: 7,
  state: 'new',
  sound: true,
  version: 1,
  ...change,
});

/** Messages over an API whose list is what is set here. */
function open(listed: Voicemail[] = []) {
  const api = {
    list: vi.fn(async () => listed),
    mark: vi.fn(async ({ id }, state) => message(Number(id.slice(3)), { state, version: 2 })),
    remove: vi.fn(async () => undefined),
    sound: vi.fn(async () => ({ url: '/sound', expiresAt: '' })),
  } satisfies VoicemailApi;
  const voicemails = createVoicemails(api, vi.fn(), () => 'ct_1');
  const held = () => voicemails.get().voicemails.map(({ id, state, version }) => `${id} ${state} ${version}`);
  return { api, voicemails, held, list: (next: Voicemail[]) => api.list.mockImplementation(async () => next) };
}

describe('messages of callers', () => {
  it('are listed the newest first, and fetched again when asked', async () => {
    const { voicemails, held, list } = open([message(1), message(2)]);
    await voicemails.load();
    expect(held()).toEqual(['vm_2 new 1', 'vm_1 new 1']);
    list([message(2)]);
    await voicemails.load();
    expect(held(), 'one has expired').toEqual(['vm_2 new 1']);
  });

  it('keep the highest version, whatever comes when', async () => {
    const { voicemails, held } = open([message(1)]);
    voicemails.patch([message(1, { state: 'done', version: 3 })]);
    voicemails.patch([message(1, { state: 'new', version: 2 })]);
    voicemails.patch(undefined);
    await voicemails.load();
    expect(held()).toEqual(['vm_1 done 3']);
  });

  it('that arrive while the list is fetched are not lost by it', async () => {
    const { voicemails, held, api } = open([]);
    api.list.mockImplementationOnce(async () => {
      voicemails.patch([message(3)]);
      return [];
    });
    await voicemails.load();
    expect(held()).toEqual(['vm_3 new 1']);
  });

  it('that are asked for while they are fetched are fetched once more', async () => {
    const { voicemails, api } = open([]);
    await Promise.all([voicemails.load(), voicemails.load(), voicemails.load()]);
    expect(api.list).toHaveBeenCalledTimes(2);
  });

  it('that were deleted stay so, even in an older list', async () => {
    const { voicemails, held } = open([message(1), message(2)]);
    await voicemails.load();
    await voicemails.remove(message(1));
    voicemails.patch([message(2, { state: 'deleted', version: 2 })]);
    expect(held()).toEqual([]);
    await voicemails.load();
    expect(held()).toEqual([]);
  });

  it('are kept when they cannot be fetched', async () => {
    const { voicemails, held, api } = open([message(1)]);
    await voicemails.load();
    api.list.mockRejectedValueOnce(new Error('offline'));
    await voicemails.load();
    expect(voicemails.get().phase).toBe('failed');
    expect(held()).toEqual(['vm_1 new 1']);
  });

  it('show at once what was marked', async () => {
    const { voicemails, held } = open([message(1)]);
    await voicemails.load();
    const listener = vi.fn();
    const unsubscribe = voicemails.subscribe(listener);
    await voicemails.mark(message(1), 'done');
    expect(held()).toEqual(['vm_1 done 2']);
    expect(listener).toHaveBeenCalledOnce();
    unsubscribe();
    await voicemails.mark(message(1), 'new');
    expect(listener).toHaveBeenCalledOnce();
    expect(await voicemails.soundOf(message(1))).toBe('/sound');
  });
});
