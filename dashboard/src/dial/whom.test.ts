import { describe, expect, it } from 'vitest';
import { queues, sampleChat } from '../../test/samples';
import type { Colleague } from '../api/chat-model';
import { agentEntries, customerEntries, dialledEntries, findWhom, isFound, lineEntries, queueEntries } from './whom';

const colleague = (id: string, change: Partial<Colleague> = {}): Colleague => ({
  id,
  name: id,
  online: true,
  busy: false,
  lines: [],
  chats: 0,
  queues: [],
  ...change,
});
const team = [
  colleague('zoe', { lines: ['+33170189922', '+33170189923'] }),
  colleague('me'),
  colleague('away', { online: false }),
  colleague('busy', { busy: true, lines: ['+33170189944'] }),
];

it('lists colleagues who can be rung first, and never the agent', () => {
  expect(agentEntries(team, 'me').map(({ name, presence }) => [name, presence])).toEqual([
    ['zoe', 'free'],
    ['busy', 'busy'],
    ['away', 'away'],
  ]);
  expect(lineEntries(team, 'me').map(({ number }) => number)).toEqual(['+33170189922', '+33170189923', '+33170189944']);
});

it('lists the queues that take calls', () => {
  const chats = { id: 'q-chat', name: 'Chat', kind: 'chat', ringSeconds: 0, wrapUpSeconds: 0 } as const;
  const campaign = { ...chats, id: 'c-1', kind: 'campaign' } as const;
  expect(queueEntries([...queues, chats, campaign]).map(({ queueId }) => queueId)).toEqual(['q-support', 'q-sales']);
});

it('lists customers with a number, each once, by the name if there is one', () => {
  const of = (id: string, name?: string) =>
    sampleChat({ id: `chat ${id} ${name}`, customer: { id, ...(name ? { name } : {}) } });
  const chats = [
    of('+33612345678'),
    of('+33612345678', 'Jeanne'),
    of('visitor-7', 'Nobody'),
    of('+33698765432', 'Ali'),
  ];
  expect(customerEntries(chats).map(({ name }) => name)).toEqual(['Ali', 'Jeanne']);
});

describe('is found', () => {
  const etienne = { name: 'Étienne Roux', number: '+33612345678' };
  it.each([
    ['by nothing', '', true],
    ['without accents', 'etienne', true],
    ['by words in any order', 'roux ét', true],
    ['not by another name', 'jeanne', false],
    ['by a national number', '06 12 34', true],
    ['by an international one', '+33 6 12', true],
    ['by one with the prefix of the world', '0033612', true],
    ['by its end', '5678', true],
    ['not by one digit', '06', false],
    ['not by digits among letters', 'room 12', false],
  ])('%s', (_, query, found) => expect(isFound(etienne, query)).toBe(found));
});

it('shows a few of each while nothing is written, and all that fit then', () => {
  const dialled = dialledEntries(Array.from({ length: 9 }, (_, i) => ({ number: `+3361234567${i}`, name: `n${i}` })));
  expect(findWhom([...dialled, ...queueEntries(queues)], ' ').map(({ group }) => group)).toEqual([
    ...Array(4).fill('dialled'),
    'queues',
    'queues',
  ]);
  expect(findWhom(dialled, 'n')).toHaveLength(9);
});
