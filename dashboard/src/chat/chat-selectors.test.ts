import { expect, it } from 'vitest';
import { sampleAgent, sampleChat } from '../../test/samples';
import type { Chat } from '../api/chat-model';
import { type ChatFilter, countsOf, listedChats, matchesSearch, unreadChats } from './chat-selectors';
import { noChats } from './chat-state';

const me = sampleAgent();
const lead = sampleAgent({ id: 'lead-1', role: 'supervisor', memberships: [] });
const chats: Record<string, Chat> = Object.fromEntries(
  [
    sampleChat({ id: 'waits', waitingSince: '2026-11-22T09:00:01.5Z' }),
    sampleChat({ id: 'waits-longer', waitingSince: '2026-11-22T09:00:01Z', channel: 'webchat', tags: ['vip'] }),
    sampleChat({ id: 'elsewhere', queueId: 'q-other' }),
    sampleChat({ id: 'mine', state: 'assigned', agentId: me.id, unread: 0 }),
    sampleChat({ id: 'theirs', state: 'assigned', agentId: 'agent-2' }),
    sampleChat({ id: 'done', state: 'resolved', agentId: me.id }),
  ].map((chat) => [chat.id, chat]),
);
const all: ChatFilter = { view: 'unassigned', channel: '', tag: '', queueId: '', search: '' };
const names = (agent: typeof me, filter: Partial<ChatFilter>) =>
  listedChats(chats, agent, { ...all, ...filter }).map(({ id }) => id);

it.each([
  ['the unassigned of my queues, longest waiting first', me, {}, ['waits-longer', 'waits']],
  ['mine', me, { view: 'mine' }, ['mine']],
  ['one channel', me, { channel: 'webchat' }, ['waits-longer']],
  ['one tag', me, { tag: 'vip' }, ['waits-longer']],
  ['another queue', me, { queueId: 'q-sales' }, []],
  ['all, for nobody but supervisors', me, { view: 'all' }, []],
] as const)('lists %s', (_, agent, filter, expected) => expect(names(agent, filter)).toEqual(expected));

it('lists every open chat to supervisors', () => {
  expect(names(lead, { view: 'all' }).sort()).toEqual(['elsewhere', 'mine', 'theirs', 'waits', 'waits-longer']);
  expect(countsOf(chats, lead)).toEqual({ mine: 0, unassigned: 3, all: 5 });
});

it('counts the unread chats that are the agent’s to answer', () => {
  expect(unreadChats({ ...noChats, chats }, me)).toBe(2);
  expect(unreadChats({ ...noChats, chats }, lead)).toBe(0);
});

it.each([
  ['zoe', true],
  ['ZOÉ', true],
  ['06 12 34', true],
  ['+33 6 12', true],
  ['612345678', true],
  ['colis', true],
  ['0699', false],
  ['paul', false],
  ['  ', true],
])('finds %s: %s', (search, found) => {
  const chat = sampleChat({
    customer: { id: '+33612345678', name: 'Zoé Lambert', phone: '+33612345678' },
    preview: 'Mon colis ?',
  });
  expect(matchesSearch(chat, search)).toBe(found);
});
