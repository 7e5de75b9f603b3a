import { expect, it } from 'vitest';
import { sampleCard, queues as two } from '../../test/samples';
import type { Queue } from '../api/model';
import { type QueueSort, sortQueues } from './queue-list';

const [first] = two;
const queue = (id: string, kind: Queue['kind'] = 'voice') => ({ ...first, id, name: id.toUpperCase(), kind }) as Queue;
const queues = [queue('new'), queue('calls'), queue('chats', 'chat'), queue('missed', 'campaign')];
const { voice: _, ...bare } = sampleCard();
const cards = {
  calls: sampleCard({}, { waiting: 3, waitingSince: '2026-11-22T09:05:00Z', total: 10 }),
  chats: {
    ...bare,
    kind: 'chat' as const,
    chat: {
      unassigned: 5,
      unassignedSince: '2026-11-22T09:00:00Z',
      awaitingAgent: 0,
      awaitingCustomer: 0,
      awaitingReply: 0,
      opened: 4,
      resolved: 0,
    },
  },
  missed: {
    ...bare,
    kind: 'campaign' as const,
    campaign: { notDialled: 4, dialled: 0, waiting: 0, total: 20, handled: 0, incomplete: 0 },
  },
};

it.each<[QueueSort, boolean, string]>([
  ['name', false, 'calls chats missed new'],
  ['name', true, 'new missed chats calls'],
  ['waiting', true, 'chats missed calls new'],
  ['waiting', false, 'calls missed chats new'],
  ['since', true, 'chats calls missed new'],
  ['total', true, 'missed calls chats new'],
])('queues are sorted by %s, descending: %s; what is not known yet goes last', (sortBy, descending, ids) => {
  const { compare } = new Intl.Collator('en');
  expect(sortQueues(queues, cards, { sortBy, descending }, compare).join(' ')).toBe(ids);
});
