import { expect, it } from 'vitest';
import { liveContact, sampleContact } from '../../test/samples';
import type { CallStage } from '../desk/selectors';
import { announcement } from './announcement';

const offerOf = (id: string) => ({ id, agentId: 'agent-1', at: '', expiresAt: '' });
const idle: CallStage = { stage: 'idle' };
const ringing = (id = 'offer-1'): CallStage => ({ stage: 'ringing', contact: sampleContact(), offer: offerOf(id) });
const connecting: CallStage = { stage: 'live', contact: liveContact() };
const connected: CallStage = { stage: 'live', contact: liveContact({ state: 'connected' }) };
const wrapUp: CallStage = {
  stage: 'wrap-up',
  wrapUp: { contactId: 'call-1', queueId: 'q', since: '', until: '' },
  contact: undefined,
};

it.each([
  ['a call rings', idle, ringing(), false, 'ringing'],
  ['it still rings', ringing(), ringing(), false, undefined],
  ['the next one rings', ringing('offer-1'), ringing('offer-2'), false, 'ringing'],
  ['one rings after wrap-up', wrapUp, ringing(), false, 'ringing'],
  ['it is accepted', ringing(), connecting, false, 'connecting'],
  ['audio is there', connecting, connected, false, 'connected'],
  ['nothing new', connected, connected, false, undefined],
  ['the page opens in mid-call', idle, connected, false, 'connected'],
  ['the caller gives up', ringing(), idle, true, 'callerLeft'],
  ['the offer goes elsewhere', ringing(), idle, false, 'offerOver'],
  ['the call ends', connected, idle, true, 'ended'],
  ['the call ends with wrap-up', connected, wrapUp, true, 'wrapUp'],
  ['wrap-up ends', wrapUp, idle, false, 'wrapUpOver'],
  ['nothing happens', idle, idle, false, undefined],
] as const)('when %s', (_, before, now, callerLeft, key) => {
  expect(announcement(before, now, callerLeft)).toBe(key);
});
