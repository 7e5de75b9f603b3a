import type { TFunction } from 'i18next';
import { expect, it } from 'vitest';
import { queues, sampleAgent } from '../../test/samples';
import type { Agent } from '../api/model';
import { agentItems, changeOf, DAY } from './agent-items';
import type { DoingKind } from './doing';

const t = ((key: string, values: { reason?: string } = {}) =>
  [key, values.reason].filter(Boolean).join(' ')) as TFunction;

/** Each group with its items; those that can't be chosen in brackets. */
function itemsOf(agent: Agent, kind: DoingKind) {
  return agentItems(t, agent, { kind }, queues, ['break']).map((item) => {
    if (!('items' in item)) return `${item.id}`;
    const texts = item.items.map(({ id = '', ...one }) => {
      const { status, ...rest } = changeOf(id, agent);
      const text = `${status} ${JSON.stringify(rest)}`;
      return 'disabled' in one && one.disabled ? `[${text}]` : text;
    });
    return `${item.text}: ${texts.join(', ')}`;
  });
}

const support =
  'Support: [ready {"queues":["q-support"]}], paused {"reason":"break","queues":["q-support"]}, out {"queues":["q-support"]}';
const sales =
  'Sales: ready {"queues":["q-sales"]}, paused {"reason":"break","queues":["q-sales"]}, [out {"queues":["q-sales"]}]';

it('offers every status for all joined queues and for each', () => {
  expect(itemsOf(sampleAgent(), 'ready')).toEqual([
    'team.joinedQueues: [ready {}], paused {"reason":"break"}, out {}',
    support,
    sales,
    DAY,
  ]);
});

it('during a call, offers them for the time after it and for now', () => {
  const next = { status: 'paused', reason: 'break' } as const;
  expect(itemsOf(sampleAgent({ next }), 'call').slice(0, 2)).toEqual([
    'team.joinedAfterCall: ready {"later":true}, [paused {"reason":"break","later":true}], out {"later":true}',
    'team.joinedNow: [ready {}], paused {"reason":"break"}, out {}',
  ]);
  expect(itemsOf(sampleAgent(), 'wrapUp')[0]).toBe(
    'team.joinedAfterWrapUp: [ready {"later":true}], paused {"reason":"break","later":true}, out {"later":true}',
  );
});

it('logs in who has joined nothing, in every queue that they have', () => {
  const memberships = sampleAgent().memberships.map(({ queueId }) => ({ queueId, status: 'out' as const }));
  expect(itemsOf(sampleAgent({ memberships }), 'out')[0]).toBe(
    'team.allQueues: ready {"queues":["q-support","q-sales"]}',
  );
  expect(itemsOf(sampleAgent({ memberships: [] }), 'out')).toEqual([DAY]);
});
