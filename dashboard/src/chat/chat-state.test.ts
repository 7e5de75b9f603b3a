import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleChat, sampleMessage } from '../../test/samples';
import type { Chat, Message } from '../api/chat-model';
import { type ChatState, type ChatStateEvent, MESSAGES_KEPT, noChats, reduceChats, THREADS_KEPT } from './chat-state';
import type { OutgoingMessage } from './outgoing';

const play = (events: readonly ChatStateEvent[], from: ChatState = noChats) => events.reduce(reduceChats, from);
const patch = (chats: Chat[], messages: Message[] = []): ChatStateEvent => ({ type: 'patch', chats, messages });
const listed = (chats: Chat[], known: Chat[] = []): ChatStateEvent => ({
  type: 'listed',
  chats,
  known: new Map(known.map(({ id, version }) => [id, version])),
});
const page = (messages: Message[], more = false): ChatStateEvent => ({
  type: 'newest-page',
  chatId: 'chat-1',
  messages,
  more,
});
const shown: ChatStateEvent = { type: 'shown', chatId: 'chat-1' };
const at = (second: number, change: Partial<Message> = {}) =>
  sampleMessage({ id: `ms_${second}`, at: new Date(1_700_000_000_000 + second * 1000).toISOString(), ...change });
const ids = (state: ChatState) => state.threads['chat-1']?.messages.map(({ id }) => id);

describe('conversations converge', () => {
  it('to the newest versions, in any order and with repeats', () => {
    const writes = fc.array(fc.record({ entry: fc.nat(5), text: fc.string() }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(writes, fc.infiniteStream(fc.double({ noNaN: true })), (entries, random) => {
        const last = new Map<string, Message>();
        const events = entries.map(({ entry, text }, index) => {
          const message = at(entry, { text, version: (last.get(`ms_${entry}`)?.version ?? 0) + 1 });
          last.set(message.id, message);
          return patch([sampleChat({ version: index + 1, preview: text })], [message]);
        });
        const shuffled = [...events, ...events]
          .map((event) => ({ event, place: random.next().value as number }))
          .sort((a, b) => a.place - b.place);
        const state = play([shown, page([]), ...shuffled.map(({ event }) => event)]);
        expect(state.chats['chat-1']?.version).toBe(entries.length);
        const expected = [...last.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
        expect(state.threads['chat-1']?.messages).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('and a patch that brings nothing new changes nothing at all', () => {
    const state = play([shown, page([at(1, { version: 2 })]), patch([sampleChat({ version: 3 })])]);
    expect(reduceChats(state, patch([sampleChat({ version: 2 })], [at(1, { version: 2 })]))).toBe(state);
  });
});

describe('the list', () => {
  it('drops what it no longer names, but not what came while it was being fetched', () => {
    const [old, fresh] = [sampleChat({ id: 'old' }), sampleChat({ id: 'fresh' })];
    const before = play([patch([old])]);
    const state = play([patch([fresh]), listed([], [old])], before);
    expect(Object.keys(state.chats)).toEqual(['fresh']);
    expect(state.listed).toBe(true);
  });

  it('keeps an open chat that a patch has changed meanwhile, and resolved ones', () => {
    const known = [sampleChat(), sampleChat({ id: 'done', state: 'resolved' })];
    const state = play([patch(known), patch([sampleChat({ version: 2 })]), listed([], known)]);
    expect(Object.keys(state.chats).sort()).toEqual(['chat-1', 'done']);
  });

  it('forgets resolved chats that nobody has written in for longest', () => {
    const many = Array.from({ length: 130 }, (_, i) =>
      sampleChat({ id: `c${i}`, state: 'resolved', lastAt: new Date(i * 1000).toISOString() }),
    );
    const { chats } = play([patch([sampleChat(), ...many])]);
    expect(Object.keys(chats)).toHaveLength(101);
    expect(chats['c29']).toBeUndefined();
    expect(chats['c30']).toBeDefined();
  });
});

describe('a thread', () => {
  it('takes no lone message before its first page, which might hide that others are missing', () => {
    const state = play([shown, patch([], [at(9)])]);
    expect(ids(state)).toEqual([]);
    expect(ids(play([page([at(8), at(9)], true)], state))).toEqual(['ms_8', 'ms_9']);
  });

  it('joins an older page before what it has', () => {
    const older: ChatStateEvent = { type: 'older-page', chatId: 'chat-1', messages: [at(1), at(2)], more: false };
    const state = play([shown, page([at(3)], true), older]);
    expect(ids(state)).toEqual(['ms_1', 'ms_2', 'ms_3']);
    expect(state.threads['chat-1']?.older).toBe(false);
  });

  it('begins anew when the newest page does not reach back to what it has', () => {
    const state = play([shown, page([at(1), at(2)]), page([at(7), at(8)], true)]);
    expect(ids(state)).toEqual(['ms_7', 'ms_8']);
    expect(state.threads['chat-1']?.older).toBe(true);
    expect(ids(play([page([at(8), at(9)], true)], state))).toEqual(['ms_7', 'ms_8', 'ms_9']);
  });

  it('is forgotten when others have been opened since, and shortened when it is left', () => {
    const many = Array.from({ length: MESSAGES_KEPT + 50 }, (_, i) => at(i));
    const left = play([shown, page(many), { type: 'shown', chatId: '' }]);
    expect(left.threads['chat-1']?.messages).toHaveLength(MESSAGES_KEPT);
    expect(left.threads['chat-1']?.older).toBe(true);
    const others = Array.from({ length: THREADS_KEPT }, (_, i): ChatStateEvent => ({ type: 'shown', chatId: `c${i}` }));
    const state = play(others, left);
    expect(Object.keys(state.threads)).toHaveLength(THREADS_KEPT);
    expect(state.threads['chat-1']).toBeUndefined();
  });
});

it('takes a message off its way once the server shows it, by patch or by page', () => {
  const outgoing = ['ms_1', 'ms_2', 'ms_3'].map((id) => ({ id, chatId: 'chat-1' }) as OutgoingMessage);
  const state = play([shown, { type: 'outgoing', outgoing }, patch([], [at(2)]), page([at(3)])]);
  expect(state.outgoing.map(({ id }) => id)).toEqual(['ms_1']);
});

it('knows who types, until their message comes', () => {
  const types = (agentId?: string): ChatStateEvent => ({
    type: 'typing',
    typing: { chatId: 'chat-1', ...(agentId ? { agentId } : {}) },
    until: 6000,
    now: 0,
  });
  const state = play([types(), types('agent-2'), types()]);
  expect(state.writing['chat-1']?.map(({ agentId }) => agentId)).toEqual(['agent-2', '']);
  const after = reduceChats(state, patch([], [at(1)]));
  expect(after.writing['chat-1']?.map(({ agentId }) => agentId)).toEqual(['agent-2']);
});
