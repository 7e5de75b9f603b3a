import { expect, it, vi } from 'vitest';
import { liveContact, sampleAgent, sampleContact, sampleDesk } from '../../test/samples';
import type { CallApi } from '../api/call-api';
import type { DeskApi } from '../api/client';
import type { Guest } from '../api/model';
import { Problem } from '../api/problem';
import { createDeskActions } from './desk-actions';
import { createDeskStore } from './desk-store';

const call = liveContact({ state: 'connected' });
const noor = { agentId: 'agent-2' };

function setUp(calls: Partial<CallApi>, others: Partial<DeskApi> = {}) {
  const store = createDeskStore();
  const desk = sampleDesk(sampleAgent({ contactId: 'call-1' }), call);
  store.dispatch({ type: 'snapshot', desk, sentAt: 0, receivedAt: 0 });
  const resync = vi.fn();
  return { store, resync, actions: createDeskActions({ calls, ...others } as unknown as DeskApi, store, resync) };
}

it('rings once however often it is asked, with an id of its own', async () => {
  const invite = vi.fn<CallApi['invite']>(async () => liveContact({ state: 'connected', version: 3 }));
  const { actions } = setUp({ invite });
  await Promise.all([actions.invite(call, noor, true), actions.invite(call, noor, true)]);
  expect(invite).toHaveBeenCalledOnce();
  const [contactId, { id, ...asked }] = invite.mock.calls[0] ?? ['', { id: '' }];
  expect([contactId, asked]).toEqual(['call-1', { agentId: 'agent-2', blind: true }]);
  expect(id).toMatch(/^gu_[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
});

it('asks under the same id again while nobody knows whether it rings, and under another once it is known', async () => {
  const invite = vi.fn<CallApi['invite']>().mockRejectedValueOnce(new Problem(0, 'unreachable', ''));
  invite.mockRejectedValueOnce(new Problem(409, 'agent-busy', ''));
  invite.mockResolvedValue(call);
  const { actions } = setUp({ invite });
  expect(await actions.invite(call, noor, false)).toBe('notPassed');
  expect(await actions.invite(call, noor, false)).toBe('colleagueBusy');
  expect(await actions.invite(call, noor, false)).toBeUndefined();
  const ids = invite.mock.calls.map(([, { id }]) => id);
  expect(ids[1]).toBe(ids[0]);
  expect(ids[2]).not.toBe(ids[0]);
});

it.each([
  ['agent-away', 409, 'colleagueAway'],
  ['queue-nobody', 409, 'queueNobody'],
  ['guest-there', 409, 'guestThere'],
  ['guest-refused', 409, 'guestRefused'],
  ['widget-cannot-wait', 409, 'widgetWaits'],
  ['widget-no-line', 409, 'widgetNoLine'],
  ['too-short', 422, 'numberShort'],
  ['number-emergency', 422, 'numberEmergency'],
  ['contact-unknown', 404, 'notPassed'],
  ['', 503, 'notPassed'],
])('says what stands in the way where it was asked for, and looks how things stand: %s', async (slug, status, key) => {
  const toQueue = () => Promise.reject(new Problem(status, slug, ''));
  const { actions, store, resync } = setUp({ toQueue });
  expect(await actions.toQueue(call, 'q-sales')).toBe(key);
  expect(store.get().notices).toEqual([]);
  expect(resync).toHaveBeenCalledOnce();
});

it('keeps the last line that was chosen, one request after the other', async () => {
  const setLine = vi.fn<CallApi['setLine']>(async (line) => sampleAgent({ line, version: 9 }));
  const { actions, store } = setUp({ setLine });
  await Promise.all([actions.setLine('+331'), actions.setLine('+332'), actions.setLine('+333')]);
  expect(setLine.mock.calls).toEqual([['+331'], ['+333']]);
  expect(store.get().pending).toEqual([]);
});

it('keeps the line it had if the new one is refused', async () => {
  const { actions, store } = setUp({ setLine: () => Promise.reject(new Problem(422, 'line-unknown', '')) });
  await actions.setLine('+331');
  expect(store.get().notices).toEqual([{ id: 'line', message: 'lineUnknown' }]);
});

it('tells who has the call when it can’t be handed over', async () => {
  const { actions, store } = setUp({ handOver: () => Promise.reject(new Problem(409, 'no-guest', '')) });
  await actions.handOver(call);
  expect(store.get().notices).toEqual([{ id: 'hand-over', message: 'guestGone' }]);
});

it('answers an invitation by its own id', async () => {
  const accept = vi.fn<DeskApi['accept']>(async () => call);
  const { actions } = setUp({}, { accept });
  const guest: Guest = { id: 'gu_7', agentId: 'agent-1', state: 'ringing', blind: false, at: '', expiresAt: '' };
  await actions.accept(liveContact({ agentId: 'agent-2', guest }));
  await actions.accept(sampleContact());
  expect(accept.mock.calls).toEqual([
    ['call-1', 'gu_7'],
    ['call-1', 'offer-1'],
  ]);
});
