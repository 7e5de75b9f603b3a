import { describe, expect, it } from 'vitest';
import { liveContact, sampleContact } from '../../test/samples';
import { attemptOf, isDialling, kindOf } from './call-kind';

const heard = { connectedAt: '2026-11-22T09:10:30Z' };

describe('the customer is being called', () => {
  it.each([
    ['by the agent', liveContact({ kind: 'outbound' }), true],
    ['back', liveContact({ kind: 'callback' }), true],
    ['for a campaign', liveContact({ kind: 'campaign' }), true],
    ['no more: they answered', liveContact({ kind: 'callback', state: 'connected' }), false],
    ['no more: the call was handed over', liveContact({ kind: 'callback', ...heard }), false],
    ['not at all: they called', liveContact(), false],
    ['not at all: they called the agent', liveContact({ kind: 'direct' }), false],
  ])('%s', (_, contact, dialling) => expect(isDialling(contact)).toBe(dialling));
});

describe('the attempt', () => {
  it.each([
    ['of a call that arrived', sampleContact(), 0],
    ['that the first would be', sampleContact({ kind: 'callback' }), 1],
    ['that the next would be', sampleContact({ kind: 'campaign', attempt: 2 }), 3],
    ['that is under way', liveContact({ kind: 'callback', attempt: 2 }), 2],
    [
      'that reached a customer who waits for another agent',
      sampleContact({ kind: 'callback', attempt: 2, ...heard }),
      2,
    ],
  ])('%s', (_, contact, attempt) => expect(attemptOf(contact)).toBe(attempt));
});

it('is a consultation or a transfer for who is asked into it, whatever the call is', () => {
  const guest = { id: 'gu_1', agentId: 'agent-2', state: 'ringing', blind: false, at: '', expiresAt: '' } as const;
  expect(kindOf(liveContact({ guest }), false)).toBe('inbound');
  expect(kindOf(liveContact({ guest }), true)).toBe('consultation');
  expect(kindOf(liveContact({ guest: { ...guest, blind: true } }), true)).toBe('transfer');
});
