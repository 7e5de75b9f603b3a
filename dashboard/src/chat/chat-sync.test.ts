import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sampleChat, sampleMessage } from '../../test/samples';
import type { ChatApi } from '../api/chat-api';
import { Problem } from '../api/problem';
import { createChatStore } from './chat-store';
import { createChatSync } from './chat-sync';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const first = sampleMessage();
const second = sampleMessage({ id: 'ms_2', at: '2026-11-22T09:01:00.000Z' });

function setUp(one: ChatApi['one'] = async () => sampleChat()) {
  const api = {
    open: vi.fn(async () => [sampleChat()]),
    one,
    messages: vi.fn<ChatApi['messages']>(async () => ({ messages: [first], more: true })),
  };
  const store = createChatStore();
  const sync = createChatSync(api as unknown as ChatApi, store);
  return { api, store, sync, thread: () => store.get().threads['chat-1'] };
}

it('lists the open chats, and fetches a chat’s newest messages when it is shown', async () => {
  const { api, store, sync, thread } = setUp();
  sync.now();
  await vi.runAllTimersAsync();
  expect(store.get().listed).toBe(true);
  expect(api.messages).not.toHaveBeenCalled();
  sync.show('chat-1');
  expect(thread()?.phase).toBe('loading');
  await vi.runAllTimersAsync();
  expect(thread()).toMatchObject({ phase: 'ready', messages: [first], older: true });
});

it('notices that a message is missing, and fetches once', async () => {
  const { api, store, sync, thread } = setUp();
  sync.show('chat-1');
  await vi.runAllTimersAsync();
  api.messages.mockResolvedValue({ messages: [first, second], more: false });
  store.dispatch({ type: 'patch', chats: [sampleChat({ version: 2, lastAt: second.at })] });
  await vi.runAllTimersAsync();
  expect(thread()?.messages).toEqual([first, second]);
  expect(api.messages).toHaveBeenCalledTimes(2);
  store.dispatch({ type: 'patch', chats: [sampleChat({ version: 3, lastAt: '2026-11-22T10:00:00Z' })] });
  await vi.runAllTimersAsync();
  expect(api.messages).toHaveBeenCalledTimes(3); // it is not there: asking on and on would not bring it
});

it('waits a little for the message, which may come in a patch of its own', async () => {
  const { api, store, sync } = setUp();
  sync.show('chat-1');
  await vi.runAllTimersAsync();
  store.dispatch({ type: 'patch', chats: [sampleChat({ version: 2, lastAt: second.at })] });
  store.dispatch({ type: 'patch', messages: [second] });
  await vi.runAllTimersAsync();
  expect(api.messages).toHaveBeenCalledOnce();
});

it('fetches older messages once at a time', async () => {
  const older = sampleMessage({ id: 'ms_0', at: '2026-11-22T08:00:00.000Z' });
  const { api, sync, thread } = setUp();
  sync.show('chat-1');
  await vi.runAllTimersAsync();
  api.messages.mockResolvedValue({ messages: [older], more: false });
  await Promise.all([sync.older('chat-1'), sync.older('chat-1')]);
  expect(api.messages).toHaveBeenCalledTimes(2);
  expect(api.messages).toHaveBeenLastCalledWith('chat-1', { before: first.key, limit: 60 });
  expect(thread()).toMatchObject({ messages: [older, first], older: false });
  await sync.older('chat-1');
  expect(api.messages).toHaveBeenCalledTimes(2);
});

it('tries again what nobody answered, but not what is somebody else’s', async () => {
  const answers = [new Problem(503, '', ''), new Problem(404, 'chat-unknown', '')];
  const one = vi.fn(async () => {
    throw answers.shift() ?? new Error('asked too often');
  });
  const { store, sync, thread } = setUp(one);
  store.dispatch({ type: 'patch', chats: [sampleChat()] });
  sync.show('chat-1');
  await vi.runAllTimersAsync();
  expect(one).toHaveBeenCalledTimes(2);
  expect(thread()?.phase).toBe('failed');
  expect(store.get().chats['chat-1']).toBeUndefined();
});
