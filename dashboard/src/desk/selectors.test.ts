import { describe, expect, it } from 'vitest';
import { liveContact, queues, sampleAgent, sampleContact, sampleDesk } from '../../test/samples';
import type { Membership } from '../api/model';
import { emptyDesk, reduceDesk } from './desk-state';
import {
  assignedQueues,
  callStage,
  lineOf,
  missedCall,
  selectCall,
  selectContactMissing,
  standingOf,
} from './selectors';

const wrapUp = {
  contactId: 'call-1',
  queueId: 'q-support',
  since: '2026-11-22T09:00:00Z',
  until: '2026-11-22T09:00:30Z',
};
const busy = sampleAgent({ contactId: 'call-1' });
const guest = { id: 'gu_1', agentId: 'agent-1', state: 'ringing', blind: false, at: '', expiresAt: '' } as const;
const theirs = { state: 'connected', agentId: 'agent-2' } as const;

describe('callStage', () => {
  it.each([
    ['no agent yet', undefined, sampleContact(), 'idle'],
    ['nothing going on', sampleAgent(), undefined, 'idle'],
    ['an offer to the agent', busy, sampleContact(), 'ringing'],
    ['an offer to somebody else', sampleAgent({ id: 'agent-2' }), sampleContact(), 'idle'],
    ['a call being connected', busy, liveContact(), 'live'],
    ['a connected call', busy, liveContact({ state: 'connected' }), 'live'],
    ['a call known to be over before the agent is', busy, liveContact({ state: 'ended' }), 'idle'],
    ['an offer that went back to its queue', busy, sampleContact({ state: 'waiting' }), 'idle'],
    ['a colleague’s call into which the agent is asked', busy, liveContact({ ...theirs, guest }), 'ringing'],
    ['one in which they are', busy, liveContact({ ...theirs, guest: { ...guest, state: 'joined' } }), 'live'],
    ['one which they have left', busy, liveContact(theirs), 'idle'],
    ['wrap-up', sampleAgent({ wrapUp }), undefined, 'wrap-up'],
  ])('%s', (_, agent, contact, stage) => {
    expect(callStage(agent, contact).stage).toBe(stage);
  });

  it('tells the agent’s own call from one in which they are a guest', () => {
    expect(callStage(busy, liveContact())).toMatchObject({ asGuest: false });
    expect(callStage(busy, liveContact({ ...theirs, guest }))).toMatchObject({ asGuest: true, offer: { id: 'gu_1' } });
  });

  it('knows the call that is wrapped up', () => {
    const desk = sampleDesk(sampleAgent({ wrapUp }), liveContact({ state: 'ended' }));
    const state = reduceDesk(emptyDesk, { type: 'snapshot', desk, sentAt: 0, receivedAt: 0 });
    expect(selectCall(state)).toMatchObject({ stage: 'wrap-up', contact: { callerName: 'Jeanne Martin' } });
  });
});

describe('standingOf', () => {
  const ready: Membership = { queueId: 'q-support', status: 'ready', since: '2026-11-22T09:00:00.000Z' };
  const later: Membership = { ...ready, queueId: 'q-sales', since: '2026-11-22T09:30:00.000Z' };
  const lunch: Membership = { ...later, status: 'paused', reason: 'lunch' };
  const out: Membership = { queueId: 'q-billing', status: 'out' };
  it.each([
    ['no queue at all', [], { status: 'out' }],
    ['logged out', [out], { status: 'out' }],
    ['ready, queues left aside', [ready, out], { status: 'ready', since: ready.since }],
    ['ready since the last one', [later, ready], { status: 'ready', since: later.since }],
    ['paused', [lunch, out], { status: 'paused', reason: 'lunch', since: lunch.since }],
    ['of two minds', [ready, lunch], { status: 'mixed', ready: 1, joined: 2 }],
    ['paused twice differently', [lunch, { ...lunch, reason: 'break' }], { status: 'mixed', ready: 0, joined: 2 }],
  ])('%s', (_, memberships, standing) => {
    expect(standingOf(sampleAgent({ memberships }))).toEqual(standing);
  });
});

it('calls from the line that the agent chose, or from the first', () => {
  const lines = ['+331', '+332'].map((number) => ({ number, label: '', own: false }));
  const of = (line?: string, known = lines) => {
    const desk = { ...sampleDesk(sampleAgent(line ? { line } : {})), lines: known };
    return lineOf(reduceDesk(emptyDesk, { type: 'snapshot', desk, sentAt: 0, receivedAt: 0 }))?.number;
  };
  expect([of('+332'), of(), of('+339'), of('+331', [])]).toEqual(['+332', '+331', '+331', undefined]);
});

it('notices a call that no patch brought', () => {
  const at = (contact?: ReturnType<typeof sampleContact>) =>
    reduceDesk(emptyDesk, { type: 'snapshot', desk: sampleDesk(busy, contact), sentAt: 0, receivedAt: 0 });
  expect(selectContactMissing(at())).toBe(true);
  expect(selectContactMissing(at(sampleContact()))).toBe(false);
  expect(selectContactMissing(emptyDesk)).toBe(false);
});

it('tells a missed call from a pause', () => {
  const paused = (reason: string) => sampleAgent({ memberships: [{ queueId: 'q-support', status: 'paused', reason }] });
  expect(missedCall(paused('missed'))).toBe(true);
  expect(missedCall(paused('lunch'))).toBe(false);
});

it('lists the queues in the order of assignment and leaves out unknown ones', () => {
  const memberships: Membership[] = ['q-sales', 'q-gone', 'q-support'].map((queueId) => ({ queueId, status: 'out' }));
  expect(assignedQueues(sampleAgent({ memberships }), queues).map(({ queue }) => queue.id)).toEqual([
    'q-sales',
    'q-support',
  ]);
});
