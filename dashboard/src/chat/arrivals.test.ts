import { describe, expect, it } from 'vitest';
import { sampleAgent, sampleChat } from '../../test/samples';
import type { Chat } from '../api/chat-model';
import { arrivalsBetween, stillNew } from './arrivals';
import { noChats } from './chat-state';

const me = sampleAgent();
const state = (...chats: Chat[]) => ({
  ...noChats,
  listed: true,
  chats: Object.fromEntries(chats.map((c) => [c.id, c])),
});
const later = { lastInAt: '2026-11-22T09:05:00Z', unread: 2, version: 2 };
const mine = { state: 'assigned', agentId: me.id } as const;
const others = { state: 'assigned', agentId: 'agent-2' } as const;

describe('arrivals', () => {
  it.each([
    ['a new chat of my queues', undefined, sampleChat(), [{ chatId: 'chat-1', message: true }]],
    ['a new message in it', sampleChat(), sampleChat(later), [{ chatId: 'chat-1', message: true }]],
    ['a chat of other queues', undefined, sampleChat({ queueId: 'q-other' }), []],
    ['a colleague’s', sampleChat(others), sampleChat({ ...others, ...later }), []],
    [
      'mine, in a queue of others',
      undefined,
      sampleChat({ ...mine, queueId: 'q-other' }),
      [{ chatId: 'chat-1', message: true }],
    ],
    [
      'given to me, all of it read',
      sampleChat({ ...others, unread: 0 }),
      sampleChat({ ...mine, unread: 0, version: 2 }),
      [{ chatId: 'chat-1', message: false }],
    ],
    ['assigned to me after I was told of it', sampleChat(), sampleChat({ ...mine, version: 2 }), []],
    ['only tagged', sampleChat(), sampleChat({ tags: ['vip'], version: 2 }), []],
    ['read', sampleChat(later), sampleChat({ ...later, unread: 0, version: 3 }), []],
  ])('%s', (_, before, after, expected) => {
    expect(arrivalsBetween(before ? state(before) : state(), state(after), me)).toEqual(expected);
  });

  it('are none in the first list, and none when nothing has changed', () => {
    expect(arrivalsBetween(noChats, state(sampleChat()), me)).toEqual([]);
    const same = state(sampleChat());
    expect(arrivalsBetween(same, same, me)).toEqual([]);
  });
});

it.each([
  ['unread', sampleChat(), true],
  ['read', sampleChat({ unread: 0 }), false],
  ['taken by a colleague', sampleChat(others), false],
])('a chat that is %s', (_, chat, news) => {
  expect(stillNew({ chatId: 'chat-1', message: true }, { 'chat-1': chat }, me)).toBe(news);
});
