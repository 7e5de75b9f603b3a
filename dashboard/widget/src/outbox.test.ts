// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Message, Problem } from './api';
import { Memory } from './memory';
import { Outbox } from './outbox';

const kept = (id: string): Message => ({ id, key: id, from: 'visitor', at: '', version: 1 });

function setUp(storage: Storage = localStorage) {
  let made = 0;
  const post = vi.fn(async (message: object) => ({ message: kept((message as { id: string }).id), now: '' }));
  const ports = {
    api: { post },
    memory: new Memory('test', storage),
    session: vi.fn(async () => {}),
    details: () => ({ name: 'Jeanne' }),
    newId: () => `new-${++made}`,
    onSent: vi.fn(),
    onChange: vi.fn(),
  };
  return { ports, post, outbox: new Outbox(ports), sent: () => post.mock.calls.map(([m]) => (m as { id: string }).id) };
}

const entry = (id: string) => ({ id, text: id, files: [] });
const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it('sends one after the other, in order, and forgets what was sent', async () => {
  const { outbox, sent, ports } = setUp();
  for (const id of ['a', 'b', 'c']) outbox.add(entry(id));
  await settle();
  expect(sent()).toEqual(['a', 'b', 'c']);
  expect(outbox.list()).toEqual([]);
  expect(ports.onSent).toHaveBeenCalledTimes(3);
  expect(ports.api.post).toHaveBeenCalledWith({ id: 'a', text: 'a', files: [], name: 'Jeanne' });
});

it('waits while there is no network', async () => {
  const { outbox, sent } = setUp();
  const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  outbox.add(entry('a'));
  await settle();
  expect(sent()).toEqual([]);
  online.mockReturnValue(true);
  outbox.flush();
  await settle();
  expect(sent()).toEqual(['a']);
});

it('tries again what may succeed later, with the same id and before what follows', async () => {
  const { outbox, post, sent } = setUp();
  post.mockRejectedValueOnce(new Problem(503, 'down')).mockRejectedValueOnce(new Problem(429, 'too-many-requests', 7));
  outbox.add(entry('a'));
  outbox.add(entry('b'));
  await settle();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sent()).toEqual(['a', 'a']);
  expect(outbox.slowed).toBe(true);
  await vi.advanceTimersByTimeAsync(6_999);
  expect(sent()).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(sent()).toEqual(['a', 'a', 'a', 'b']);
  expect(outbox.slowed).toBe(false);
});

it('keeps what was refused, goes on with the rest, and tries it again only when told to', async () => {
  const { outbox, post, sent } = setUp();
  post.mockRejectedValueOnce(new Problem(422, 'text-too-long'));
  outbox.add(entry('a'));
  outbox.add(entry('b'));
  await settle();
  expect(sent()).toEqual(['a', 'b']);
  expect(outbox.list()).toEqual([{ ...entry('a'), refused: 'text-too-long' }]);
  outbox.again('a');
  await settle();
  expect(sent()).toEqual(['a', 'b', 'new-1']);
  expect(outbox.list()).toEqual([]);
});

it('starts a new session when the old one is none any more', async () => {
  const { outbox, post, ports, sent } = setUp();
  post.mockRejectedValueOnce(new Problem(401, 'session-unknown'));
  outbox.add(entry('a'));
  await settle();
  expect(ports.session.mock.calls).toEqual([[false], [true]]);
  expect(sent()).toEqual(['a', 'a']);
  expect(outbox.list()).toEqual([]);
});

it('outlives the page', async () => {
  const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  setUp().outbox.add(entry('a'));
  online.mockReturnValue(true);
  const { outbox, sent } = setUp();
  outbox.flush();
  await settle();
  expect(sent()).toEqual(['a']);
});

it('works where nothing may be stored', async () => {
  const forbidden = {
    getItem: () => {
      throw new DOMException('no', 'SecurityError');
    },
    setItem: () => {
      throw new DOMException('no', 'SecurityError');
    },
  } as unknown as Storage;
  const { outbox, sent } = setUp(forbidden);
  outbox.add(entry('a'));
  await settle();
  expect(sent()).toEqual(['a']);
});
