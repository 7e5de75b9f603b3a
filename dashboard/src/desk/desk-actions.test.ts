import { expect, it, vi } from 'vitest';
import { liveContact, sampleAgent, sampleContact, sampleDesk } from '../../test/samples';
import type { DeskApi, StatusChange } from '../api/client';
import { Problem } from '../api/problem';
import { createDeskActions } from './desk-actions';
import { createDeskStore } from './desk-store';

function setUp(api: Partial<DeskApi>) {
  const store = createDeskStore();
  const desk = sampleDesk(sampleAgent({ contactId: 'call-1' }), sampleContact());
  store.dispatch({ type: 'snapshot', desk, sentAt: 0, receivedAt: 0 });
  const resync = vi.fn();
  return { store, resync, actions: createDeskActions(api as DeskApi, store, resync) };
}

it('shows the answer at once, before any patch comes', async () => {
  const { store, actions, resync } = setUp({ accept: async () => liveContact() });
  await actions.accept(sampleContact());
  expect(store.get().contacts['call-1']?.state).toBe('connecting');
  expect(store.get().pending).toEqual([]);
  expect(resync).not.toHaveBeenCalled();
});

it('sends one request however often the button is pressed', async () => {
  const accept = vi.fn(async () => liveContact());
  const { actions } = setUp({ accept });
  await Promise.all([actions.accept(sampleContact()), actions.accept(sampleContact())]);
  expect(accept).toHaveBeenCalledOnce();
  expect(accept).toHaveBeenCalledWith('call-1', 'offer-1');
});

it.each([
  [new Problem(409, 'offer-gone', ''), 'offerGone'],
  [new Problem(403, 'forbidden', ''), 'forbidden'],
  [new Problem(401, '', ''), 'signedOut'],
  [new Problem(404, '', ''), 'notFound'],
  [new Problem(422, 'queue-not-assigned', ''), 'invalid'],
  [new Problem(0, 'unreachable', ''), 'unreachable'],
  [new Problem(503, '', ''), 'server'],
  [new TypeError('bug'), 'server'],
])('tells the agent about %s and looks how things stand', async (error, message) => {
  const { store, actions, resync } = setUp({ end: () => Promise.reject(error) });
  await actions.end(liveContact());
  expect(store.get().notices).toEqual([{ id: 'end', message }]);
  expect(store.get().pending).toEqual([]);
  expect(resync).toHaveBeenCalledOnce();
});

it('takes back what it told when the next try succeeds', async () => {
  const endWrapUpOf = vi.fn<DeskApi['endWrapUpOf']>().mockRejectedValueOnce(new Problem(503, '', ''));
  endWrapUpOf.mockResolvedValue(sampleAgent({ version: 9 }));
  const { store, actions } = setUp({ endWrapUpOf });
  const wrapUp = { contactId: 'call-7', queueId: 'q-support', since: '', until: '' };
  await actions.endWrapUpOf(sampleAgent({ wrapUp }));
  expect(store.get().notices).toHaveLength(1);
  await actions.endWrapUpOf(sampleAgent({ wrapUp }));
  expect(store.get().notices).toEqual([]);
  expect(endWrapUpOf).toHaveBeenLastCalledWith('agent-1', 'call-7');
  expect(store.get().agents['agent-1']?.version).toBe(9);
});

it('tells a supervisor for whom a status failed, once, and tries it again from there', async () => {
  const setStatusOf = vi.fn<DeskApi['setStatusOf']>().mockRejectedValueOnce(new Problem(422, 'queue-not-assigned', ''));
  setStatusOf.mockResolvedValue(sampleAgent({ id: 'agent-2', version: 9 }));
  const { store, actions, resync } = setUp({ setStatusOf });
  const bob = sampleAgent({ id: 'agent-2', name: 'Bob' });
  const change: StatusChange = { status: 'ready', queues: ['q-sales'] };
  await Promise.all([actions.setStatusOf(bob, change), actions.setStatusOf(bob, change)]);
  expect(setStatusOf).toHaveBeenCalledExactlyOnceWith('agent-2', change);
  const [notice] = store.get().notices;
  expect(notice).toMatchObject({ id: 'status:agent-2', message: 'queueNotAssigned', whom: 'Bob' });
  expect(resync).toHaveBeenCalledOnce();
  if (notice && 'retry' in notice) notice.retry?.();
  await vi.waitFor(() => expect(store.get().agents['agent-2']?.version).toBe(9));
  expect(store.get().notices).toEqual([]);
});

it('follows a status that was chosen while another was under way', async () => {
  const setStatus = vi.fn<DeskApi['setStatus']>(async () => sampleAgent());
  const { actions, store } = setUp({ setStatus });
  await Promise.all([
    actions.setStatus({ status: 'paused', reason: 'break' }),
    actions.setStatus({ status: 'out', queues: ['q-sales'] }),
    actions.setStatus({ status: 'paused', reason: 'meal' }),
    actions.setStatus({ status: 'paused', reason: 'meal', later: true }),
    actions.setStatus({ status: 'ready' }),
  ]);
  expect(setStatus.mock.calls).toEqual([
    [{ status: 'paused', reason: 'break' }],
    [{ status: 'out', queues: ['q-sales'] }],
    [{ status: 'paused', reason: 'meal', later: true }],
    [{ status: 'ready' }],
  ]);
  expect(store.get().pending).toEqual([]);
});

it('plays a message once, with an id of its own, and stops the one that plays', async () => {
  const playback = { id: 'pl_9', recordingId: 'rc_1', name: 'Hours', at: '', until: '', thenEnd: true };
  const playing = liveContact({ state: 'connected', version: 3, playback });
  const play = vi.fn<DeskApi['recordings']['play']>(async () => playing);
  const stop = vi.fn(async () => liveContact({ state: 'connected', version: 4 }));
  const { actions, store } = setUp({ recordings: { play, stop } as unknown as DeskApi['recordings'] });
  const call = liveContact({ state: 'connected' });
  await Promise.all([actions.play(call, 'rc_1', true), actions.play(call, 'rc_1', true)]);
  expect(play).toHaveBeenCalledOnce();
  const [contactId, { id, ...asked }] = play.mock.calls[0] ?? ['', { id: '' }];
  expect([contactId, asked]).toEqual(['call-1', { recordingId: 'rc_1', thenEnd: true }]);
  expect(id).toMatch(/^pl_[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
  expect(store.get().contacts['call-1']?.playback?.name).toBe('Hours');
  await actions.stopPlaying(playing);
  expect(stop).toHaveBeenCalledWith('call-1', 'pl_9');
  expect(store.get().contacts['call-1']?.playback).toBeUndefined();
});

it('takes a double click on hold as one, and resumes with the next', async () => {
  const hold = vi.fn<DeskApi['hold']>(async (_, on) =>
    liveContact({ state: 'connected', version: on ? 3 : 4, ...(on ? { heldAt: '2026-11-22T09:11:00Z' } : {}) }),
  );
  const { actions, store } = setUp({ hold });
  const clock = vi.spyOn(performance, 'now').mockReturnValue(10_000);
  await actions.hold(liveContact({ state: 'connected' }), true);
  await actions.hold(liveContact({ state: 'connected' }), false);
  expect(hold.mock.calls).toEqual([['call-1', true]]);
  expect(store.get().contacts['call-1']?.heldAt).toBeTruthy();
  clock.mockReturnValue(11_000);
  await actions.hold(liveContact({ state: 'connected' }), false);
  expect(hold).toHaveBeenLastCalledWith('call-1', false);
  expect(store.get().contacts['call-1']?.heldAt).toBeUndefined();
});

it.each([
  [true, new Problem(503, '', ''), 'notHeld'],
  [false, new Problem(0, 'unreachable', ''), 'stillHeld'],
  [true, new Problem(409, 'not-connected', ''), 'notConnected'],
  [false, new Problem(401, '', ''), 'signedOut'],
])('tells who hears whom when hold fails: %s, %s', async (on, error, message) => {
  const { actions, store } = setUp({ hold: () => Promise.reject(error) });
  await actions.hold(liveContact({ state: 'connected' }), on);
  expect(store.get().notices).toEqual([{ id: on ? 'hold' : 'resume', message }]);
});
