import { expect, it, vi } from 'vitest';
import { liveContact } from '../../test/samples';
import type { CallApi } from '../api/call-api';
import { Problem } from '../api/problem';
import { createDialledNumbers } from './dialled';
import { Dialler } from './dialler';

function memory(content: Record<string, string> = {}): Storage {
  return {
    getItem: (key: string) => content[key] ?? null,
    setItem: (key: string, value: string) => {
      content[key] = value;
    },
  } as Storage;
}

function setUp(dial: CallApi['dial']) {
  let made = 0;
  const dialled = createDialledNumbers('camille', memory());
  const onCalled = vi.fn();
  const onFailed = vi.fn();
  const newId = () => {
    made += 1;
    return `ct_${made}`;
  };
  return { dialled, onCalled, onFailed, dialler: new Dialler({ dial, newId, dialled, onCalled, onFailed }) };
}

const contact = liveContact({ kind: 'outbound', from: '+33612345678' });

it('makes one call of a double click, and remembers whom', async () => {
  const dial = vi.fn<CallApi['dial']>(async () => contact);
  const { dialler, dialled, onCalled } = setUp(dial);
  dialler.toggle();
  dialler.write('06 12 34 56 78', 'Jeanne');
  await Promise.all([dialler.call(), dialler.call()]);
  expect(dial.mock.calls).toEqual([['ct_1', '06 12 34 56 78']]);
  expect(onCalled).toHaveBeenCalledWith(contact);
  expect(dialled.get()).toEqual([{ number: '+33612345678', name: 'Jeanne' }]);
  expect(dialler.get()).toMatchObject({ open: false, text: '', problem: undefined });
});

it('loses nothing when it is refused, and asks anew', async () => {
  const dial = vi.fn<CallApi['dial']>().mockRejectedValueOnce(new Problem(422, 'too-short', ''));
  dial.mockResolvedValue(contact);
  const { dialler, onFailed } = setUp(dial);
  dialler.toggle();
  dialler.write('06');
  await dialler.call();
  expect(dialler.get()).toMatchObject({ open: true, text: '06', problem: 'numberShort', calling: false });
  expect(onFailed).toHaveBeenCalledWith('numberShort', true);
  await dialler.call();
  expect(dial.mock.calls.map(([id]) => id)).toEqual(['ct_1', 'ct_2']);
});

it('asks under the same id while nobody knows what became of the call, unless it is another', async () => {
  const dial = vi.fn<CallApi['dial']>().mockRejectedValue(new Problem(0, 'unreachable', ''));
  const { dialler, onFailed } = setUp(dial);
  for (const number of ['0612345678', '0612345678', '0698765432']) {
    dialler.write(number);
    await dialler.call();
  }
  expect(dial.mock.calls.map(([id]) => id)).toEqual(['ct_1', 'ct_1', 'ct_2']);
  expect(onFailed).toHaveBeenLastCalledWith('unreachable', false);
});

it('calls nobody without a number', async () => {
  const dial = vi.fn<CallApi['dial']>();
  const { dialler } = setUp(dial);
  dialler.write('  ');
  await dialler.call();
  expect(dial).not.toHaveBeenCalled();
});

it('keeps the last twenty numbers of each person, each once, and starts anew with what is damaged', () => {
  const storage = memory({ 'guichet.dialled.noor': '{broken', 'guichet.dialled.ali': '[1, {"number": 2}]' });
  const numbers = createDialledNumbers('camille', storage);
  for (let i = 0; i < 30; i++) numbers.add({ number: `+3361234${i}`, name: '' });
  numbers.add({ number: '+336123420', name: 'Jeanne' });
  const again = createDialledNumbers('camille', storage).get();
  expect(again).toHaveLength(20);
  expect(again[0]).toEqual({ number: '+336123420', name: 'Jeanne' });
  for (const other of ['noor', 'ali', 'sacha']) expect(createDialledNumbers(other, storage).get()).toEqual([]);
});
