import { expect, it } from 'vitest';
import { sampleAgent } from '../../test/samples';
import { unchanged } from './next-status';

const [joined, out] = sampleAgent().memberships;
const paused = (queueId: string, reason: string) => ({ queueId, status: 'paused' as const, reason, since: '' });

it.each([
  ['ready', [joined, out], { status: 'ready', queues: ['q-support'] }],
  ['out of a queue', [paused('q-support', 'missed'), out], { status: 'out', queues: ['q-sales'] }],
  [
    'paused',
    [paused('q-support', 'missed'), paused('q-sales', 'lunch')],
    { status: 'paused', reason: 'lunch', queues: ['q-sales'] },
  ],
  ['paused by the system alone', [paused('q-support', 'missed')], undefined],
])('chooses again what does not change an agent who is %s', (_, memberships, change) => {
  expect(unchanged(sampleAgent({ memberships: memberships.flatMap((m) => m ?? []) }))).toEqual(change);
});
