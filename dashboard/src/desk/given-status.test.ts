import { describe, expect, it } from 'vitest';
import { sampleAgent, sampleDesk } from '../../test/samples';
import type { Agent, Membership } from '../api/model';
import { createDeskStore } from './desk-store';
import { givenStatus, tellGivenStatus } from './given-status';

const by = 'lead-1';
const since = '2026-11-22T09:20:00.000Z';
const support = (change: Partial<Membership>): Membership[] => [
  { queueId: 'q-support', status: 'ready', since: '2026-11-22T09:00:00.000Z', ...change },
  { queueId: 'q-sales', status: 'out' },
];
const lunch = { status: 'paused', reason: 'lunch', since } as const;
const given = { by, status: 'paused', reason: 'lunch', queueIds: [], later: false };

describe('a status that a supervisor has given', () => {
  it.each<[string, Partial<Agent>, Partial<Agent>, object | undefined]>([
    ['in every joined queue', {}, { memberships: support({ ...lunch, by }) }, given],
    [
      'in one queue of two',
      {
        memberships: [
          { queueId: 'q-support', status: 'ready' },
          { queueId: 'q-sales', status: 'ready' },
        ],
      },
      {
        memberships: [
          { queueId: 'q-support', ...lunch, by },
          { queueId: 'q-sales', status: 'ready' },
        ],
      },
      { ...given, queueIds: ['q-support'] },
    ],
    [
      'to log the agent out',
      {},
      { memberships: support({ status: 'out', since, by }) },
      { ...given, status: 'out', reason: '' },
    ],
    ['for later', {}, { next: { status: 'out', by } }, { ...given, status: 'out', reason: '', later: true }],
    [
      'which was told when it was chosen',
      { next: { status: 'paused', reason: 'lunch', by } },
      { memberships: support({ ...lunch, by }) },
      undefined,
    ],
    ['long ago', { memberships: support({ ...lunch, by }) }, { memberships: support({ ...lunch, by }) }, undefined],
    ['which the agent chose', {}, { memberships: support(lunch) }, undefined],
    ['for later, which the agent chose', {}, { next: { status: 'out' } }, undefined],
  ])('%s', (_, before, now, expected) => {
    expect(givenStatus(sampleAgent(before), sampleAgent(now))).toEqual(expected);
  });
});

it('is told until something else is chosen, and not for what was so when the desk opened', () => {
  const store = createDeskStore();
  tellGivenStatus(store);
  const told = () => store.get().notices.map(({ id }) => id);
  const become = (version: number, change: Partial<Agent>) =>
    store.dispatch({ type: 'patch', patch: { agents: [sampleAgent({ version, ...change })] } });
  const first = sampleAgent({ memberships: support({ ...lunch, by }) });
  store.dispatch({ type: 'snapshot', desk: sampleDesk(first), sentAt: 0, receivedAt: 0 });
  expect(told()).toEqual([]);
  become(2, { next: { status: 'out', by } });
  expect(told()).toEqual(['given-status']);
  become(3, { memberships: support({ status: 'out', since, by }) });
  expect(told(), 'it has come').toEqual(['given-status']);
  become(4, { memberships: support({ since }) });
  expect(told(), 'the agent is ready again').toEqual([]);
});
