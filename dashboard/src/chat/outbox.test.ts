import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sampleMessage } from '../../test/samples';
import type { ChatApi } from '../api/chat-api';
import { Problem } from '../api/problem';
import { createChatStore } from './chat-store';
import type { Keepsake } from './keepsake';
import { createOutbox } from './outbox';
import type { OutgoingMessage } from './outgoing';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const message = (id: string): OutgoingMessage => ({
  id,
  chatId: 'chat-1',
  agentId: 'agent-1',
  at: '2026-11-22T09:00:00.000Z',
  kind: 'text',
  text: id,
  files: [{ id: `file-${id}`, name: 'x', type: 'y/z', bytes: 1 }],
  phase: 'waiting',
  failure: '',
});

function setUp(send: ChatApi['send'], waiting: readonly OutgoingMessage[] = []) {
  let current = waiting;
  const kept: Keepsake<readonly OutgoingMessage[]> = {
    get: () => current,
    set: (next) => {
      current = next;
    },
  };
  const store = createChatStore();
  const sending = vi.fn(send);
  const outbox = createOutbox({ send: sending } as unknown as ChatApi, store, kept);
  const left = () => store.get().outgoing.map(({ id, phase }) => `${id} ${phase}`);
  return { outbox, store, sending, kept, left };
}

const answer = async (_: string, { id }: { id: string }) => sampleMessage({ id, from: 'agent', delivery: 'sent' });

it('sends in order, one after the other, and names the files', async () => {
  const { outbox, sending, left } = setUp(answer);
  outbox.add(message('a'));
  outbox.add(message('b'));
  expect(left()).toEqual(['a waiting', 'b waiting']);
  await vi.runAllTimersAsync();
  expect(sending.mock.calls.map(([chat, { id, files }]) => [chat, id, files])).toEqual([
    ['chat-1', 'a', ['file-a']],
    ['chat-1', 'b', ['file-b']],
  ]);
  expect(left()).toEqual([]);
});

it('keeps trying while nobody answers, with the same id, and lets nothing overtake', async () => {
  let broken = true;
  const { outbox, sending, kept, left } = setUp(async (chat, body) => {
    if (broken) throw new Problem(0, 'unreachable', '');
    return answer(chat, body);
  });
  outbox.add(message('a'));
  outbox.add(message('b'));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(new Set(sending.mock.calls.map(([, { id }]) => id))).toEqual(new Set(['a']));
  expect(kept.get()).toHaveLength(2);
  broken = false;
  outbox.wake();
  await vi.runAllTimersAsync();
  expect(left()).toEqual([]);
  expect(kept.get()).toEqual([]);
});

it('shows what the server refuses, goes on with the next, and tries again when asked', async () => {
  const refuses = new Set(['a']);
  const { outbox, store, left } = setUp(async (chat, body) => {
    if (refuses.has(body.id)) throw new Problem(409, 'chat-not-yours', '');
    return answer(chat, body);
  });
  outbox.add(message('a'));
  outbox.add(message('b'));
  await vi.runAllTimersAsync();
  expect(left()).toEqual(['a refused']);
  expect(store.get().outgoing[0]?.failure).toBe('chat-not-yours');
  refuses.clear();
  outbox.again('a');
  await vi.runAllTimersAsync();
  expect(left()).toEqual([]);
});

it('sends what was waiting when the page was left, and discards what the agent gives up', async () => {
  const refused: OutgoingMessage = { ...message('r'), phase: 'refused' };
  const { outbox, sending, left } = setUp(answer, [message('a'), refused]);
  await vi.runAllTimersAsync();
  expect(sending).toHaveBeenCalledOnce();
  expect(left()).toEqual(['r refused']);
  outbox.discard('r');
  expect(left()).toEqual([]);
});
