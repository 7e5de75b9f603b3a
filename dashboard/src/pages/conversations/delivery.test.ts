import { expect, it } from 'vitest';
import { sampleChat, sampleMessage } from '../../../test/samples';
import type { Message } from '../../api/chat-model';
import { progressOf } from './delivery';

const at = '2026-11-22T12:00:00.000Z';
const soon = Date.parse(at) + 1_000;
const chat = sampleChat();
const sent = (change: Partial<Message> = {}) => sampleMessage({ from: 'agent', at, delivery: 'sent', ...change });

it.each([
  ['a customer’s message', sampleMessage(), chat, undefined],
  ['a note', sent({ kind: 'note' }), chat, undefined],
  ['sent', sent(), chat, 'sent'],
  ['delivered by its own report', sent({ delivery: 'delivered' }), chat, 'delivered'],
  ['before the delivery mark', sent(), sampleChat({ deliveredTo: at }), 'delivered'],
  ['before the read mark', sent({ delivery: 'delivered' }), sampleChat({ seenTo: at }), 'read'],
  ['after the read mark', sent(), sampleChat({ seenTo: '2026-11-22T11:59:59.000Z' }), 'sent'],
  ['failed, whatever was read', sent({ delivery: 'failed' }), sampleChat({ seenTo: at }), 'failed'],
  ['being tried again', sent({ delivery: 'retrying' }), chat, 'retrying'],
  ['being sent', sent({ delivery: 'sending' }), chat, 'sending'],
])('%s', (_, message, of, progress) => expect(progressOf(message, of, soon)).toBe(progress));

it('doubts a message that is being sent for over a minute, unless it waits here', () => {
  const late = Date.parse(at) + 60_001;
  expect(progressOf(sent({ delivery: 'sending' }), chat, late)).toBe('unconfirmed');
  expect(progressOf(sent({ delivery: 'sending', version: -1 }), chat, late)).toBe('sending');
});
