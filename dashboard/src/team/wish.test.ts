import { expect, it } from 'vitest';
import { sampleAgent } from '../../test/samples';
import type { Agent } from '../api/model';
import { changeFor, firstWish, mayWait, type Wish } from './wish';

const out = sampleAgent().memberships.map(({ queueId }) => ({ queueId, status: 'out' as const }));
const call = { contactId: 'call-1' };
const both = ['q-support', 'q-sales'];

it.each<[string, Partial<Agent>, Partial<Wish>, object]>([
  ['is for every joined queue', {}, { status: 'pause:break' }, { status: 'paused', reason: 'break' }],
  ['is for one', {}, { status: 'ready', queueId: 'q-sales' }, { status: 'ready', queues: ['q-sales'] }],
  ['logs in everywhere who is nowhere', { memberships: out }, { status: 'ready' }, { status: 'ready', queues: both }],
  ['comes after a call', call, { status: 'out' }, { status: 'out', later: true }],
  ['comes at once if so wished', call, { status: 'out', later: false }, { status: 'out' }],
  ['comes at once in one queue', call, { status: 'out', queueId: 'q-sales' }, { status: 'out', queues: ['q-sales'] }],
  [
    'comes at once when nothing is joined',
    { ...call, memberships: out },
    { status: 'ready' },
    { status: 'ready', queues: both },
  ],
])('a wish %s', (_, agent, wish, change) => {
  const whose = sampleAgent(agent);
  expect(changeFor(whose, { ...firstWish(whose), ...wish })).toEqual(change);
});

it('may wait for a call or its wrap-up, in all joined queues', () => {
  const wrapUp = { contactId: 'call-1', queueId: 'q-support', since: '', until: '' };
  const first = firstWish(sampleAgent());
  expect([{}, call, { wrapUp }, { ...call, memberships: out }].map((one) => mayWait(sampleAgent(one), first))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(mayWait(sampleAgent(call), { ...first, queueId: 'q-sales' })).toBe(false);
});
