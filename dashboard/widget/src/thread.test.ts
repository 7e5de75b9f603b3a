import { expect, it } from 'vitest';
import type { Message } from './api';
import { MessageIds } from './message-id';
import { Thread } from './thread';

const message = (id: string, second: number, more: Partial<Message> = {}): Message => {
  const at = new Date(Date.UTC(2026, 10, 22, 9, 0, second)).toISOString();
  return { id, key: `${at}#${id}`, at, from: 'agent', version: 1, text: id, ...more };
};

it('keeps one of each message, the latest, in order', () => {
  const thread = new Thread();
  expect(thread.add([message('b', 2), message('a', 1)])).toHaveLength(2);
  expect(thread.add([message('a', 1, { version: 3, text: 'new' }), message('c', 0)])).toHaveLength(1);
  expect(thread.add([message('a', 1, { version: 2, text: 'old' })])).toEqual([]);
  expect(thread.list().map(({ text }) => text)).toEqual(['c', 'new', 'b']);
});

it('counts what the visitor has not seen of the agents’', () => {
  const thread = new Thread();
  const [first, second] = [message('a', 1), message('b', 2)];
  thread.add([first, second, message('c', 3, { from: 'visitor' })]);
  expect(thread.unread(undefined)).toBe(2);
  expect(thread.unread(first.key)).toBe(1);
  expect(thread.unread(second.key)).toBe(0);
});

it('asks again for the last two minutes, since messages may be stored out of order', () => {
  const thread = new Thread();
  expect(thread.resumeFrom()).toBeUndefined();
  thread.add([message('a', 1)]);
  expect(thread.resumeFrom()).toBe('2026-11-22T08:58:01.000Z');
});

it('keeps the latest state', () => {
  const thread = new Thread();
  thread.setState({ open: true, held: true, version: 5 });
  thread.setState({ open: true, held: false, version: 4 });
  thread.setState(null);
  expect(thread.state?.held).toBe(true);
});

it('makes ids by the centre’s clock, each later than the one before', () => {
  const ids = new MessageIds();
  ids.sync('2026-11-22T09:00:00.000Z', 0);
  const made = [ids.next(0), ids.next(0), ids.next(0)];
  expect(made.toSorted()).toEqual(made);
  expect(new Set(made).size).toBe(3);
  for (const id of made) expect(id).toMatch(/^ms_[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
  // The beginning is the time: https://github.com/ulid/spec
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const time = [...(made[0] ?? '').slice(3, 13)].reduce((sum, letter) => sum * 32 + alphabet.indexOf(letter), 0);
  expect(new Date(time).toISOString()).toBe('2026-11-22T09:00:00.000Z');
  ids.sync('2026-11-22T08:00:00.000Z', 0);
  expect((ids.next(0) < (made[0] ?? '')) as boolean).toBe(true); // it was the clock that was wrong
});
