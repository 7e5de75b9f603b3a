import { expect, it, vi } from 'vitest';
import type { DeskApi } from '../api/client';
import { Problem } from '../api/problem';
import { Keypad } from './keypad';

/** A keypad whose requests are answered one by one. */
function setUp() {
  const answers: { resolve: () => void; reject: (error: unknown) => void }[] = [];
  const send = vi.fn<DeskApi['sendDigits']>(
    () => new Promise<void>((resolve, reject) => answers.push({ resolve, reject })),
  );
  let ids = 0;
  const keypad = new Keypad(send, () => `pl_${++ids}`);
  const press = (digits: string, contactId = 'call-1') => {
    for (const digit of digits) keypad.press(contactId, digit);
  };
  const answer = async (error?: unknown) => {
    const next = answers.shift();
    if (error) next?.reject(error);
    else next?.resolve();
    await vi.waitFor(() => undefined);
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { keypad, press, answer, asked: () => send.mock.calls };
}

const down = new Problem(503, '', '');

it('sends the first digit at once and those that follow in order, together', async () => {
  const { keypad, press, answer, asked } = setUp();
  press('15#');
  expect(asked()).toEqual([['call-1', 'pl_1', '1']]);
  expect(keypad.get()).toMatchObject({ sent: '', waiting: '15#' });
  await answer();
  expect(asked().slice(1)).toEqual([['call-1', 'pl_2', '5#']]);
  await answer();
  expect(keypad.get()).toEqual({ contactId: 'call-1', sent: '15#', waiting: '', problem: undefined });
  press('0');
  expect(asked().at(-1)).toEqual(['call-1', 'pl_3', '0']);
});

it('sends no more at once than the server takes', async () => {
  const { press, answer, asked } = setUp();
  press(`1${'2'.repeat(40)}`);
  await answer();
  await answer();
  expect(asked().map(([, , digits]) => digits.length)).toEqual([1, 32, 8]);
});

it('keeps what was not sent, and sends it again under the same id, with what was pressed since', async () => {
  const { keypad, press, answer, asked } = setUp();
  press('15');
  await answer(down);
  expect(keypad.get()).toMatchObject({ sent: '', waiting: '15', problem: 'server' });
  press('9');
  expect(asked()).toHaveLength(1);
  expect(keypad.get().waiting).toBe('159');
  keypad.retry();
  await answer();
  await answer();
  expect(asked()).toEqual([
    ['call-1', 'pl_1', '1'],
    ['call-1', 'pl_1', '1'],
    ['call-1', 'pl_2', '59'],
  ]);
  expect(keypad.get()).toMatchObject({ sent: '159', waiting: '', problem: undefined });
});

it('gives up what could not be sent', async () => {
  const { keypad, press, answer, asked } = setUp();
  press('15');
  await answer(new Problem(409, 'not-connected', ''));
  expect(keypad.get().problem).toBe('notConnected');
  keypad.discard();
  expect(keypad.get()).toMatchObject({ waiting: '', problem: undefined });
  press('7');
  expect(asked().at(-1)).toEqual(['call-1', 'pl_2', '7']);
});

it('begins afresh in another call, whatever becomes of the last digits', async () => {
  const { keypad, press, answer, asked } = setUp();
  press('12');
  press('3', 'call-2');
  expect(asked().at(-1)).toEqual(['call-2', 'pl_2', '3']);
  await answer(down);
  expect(keypad.get()).toEqual({ contactId: 'call-2', sent: '', waiting: '3', problem: undefined });
  await answer();
  expect(keypad.get()).toMatchObject({ sent: '3', waiting: '' });
});
