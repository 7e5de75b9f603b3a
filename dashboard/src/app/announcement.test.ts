import { expect, it } from 'vitest';
import { liveContact, sampleContact } from '../../test/samples';
import type { CallStage } from '../desk/selectors';
import { announcement } from './announcement';

const playback = { recordingId: 'rc_1', name: 'Hours', at: '', until: '' };
const offerOf = (id: string) => ({ id, agentId: 'agent-1', at: '', expiresAt: '' });
const idle: CallStage = { stage: 'idle' };
const ringing = (id = 'offer-1'): CallStage => ({
  stage: 'ringing',
  contact: sampleContact(),
  offer: offerOf(id),
  asGuest: false,
});
const connecting: CallStage = { stage: 'live', contact: liveContact(), asGuest: false };
const connected: CallStage = { stage: 'live', contact: liveContact({ state: 'connected' }), asGuest: false };
const playing = (thenEnd = false, id = 'pl_1'): CallStage => ({
  stage: 'live',
  contact: liveContact({ state: 'connected', playback: { ...playback, id, thenEnd } }),
  asGuest: false,
});
const held: CallStage = {
  stage: 'live',
  contact: liveContact({ state: 'connected', heldAt: '2026-11-22T09:11:00Z' }),
  asGuest: false,
};
const guest = (state: 'ringing' | 'joined', heldAt?: string): CallStage => ({
  stage: 'live',
  contact: liveContact({
    state: 'connected',
    guest: { id: 'gu_1', agentId: 'agent-2', state, blind: false, at: '', expiresAt: '' },
    ...(heldAt ? { heldAt } : {}),
  }),
  asGuest: false,
});
const since = '2026-11-22T09:11:00Z';
const asGuest: CallStage = { ...guest('joined', since), asGuest: true } as CallStage;
const callingBack: CallStage = { stage: 'live', contact: liveContact({ kind: 'callback' }), asGuest: false };
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
  ['the customer is put on hold', connected, held, false, 'onHold'],
  ['they still are', held, held, false, undefined],
  ['they are put on hold while a message plays', playing(), held, false, 'onHold'],
  ['they are taken off hold', held, connected, false, 'offHold'],
  ['they hang up on hold', held, wrapUp, true, 'wrapUp'],
  ['a message plays', connected, playing(), false, 'playing'],
  ['it still plays', playing(), playing(), false, undefined],
  ['it is over', playing(), connected, false, 'playingOver'],
  ['another one replaces it', playing(), playing(false, 'pl_2'), false, 'playing'],
  ['one plays that ends the call', connected, playing(true), false, 'playingThenEnd'],
  ['it has ended the call', playing(true), wrapUp, true, 'wrapUp'],
  ['the page opens in mid-call', idle, connected, false, 'connected'],
  ['the caller gives up', ringing(), idle, true, 'callerLeft'],
  ['the offer goes elsewhere', ringing(), idle, false, 'offerOver'],
  ['the call ends', connected, idle, true, 'ended'],
  ['the call ends with wrap-up', connected, wrapUp, true, 'wrapUp'],
  ['wrap-up ends', wrapUp, idle, false, 'wrapUpOver'],
  ['a customer is called back', ringing(), callingBack, false, 'dialling'],
  ['they are not reached', callingBack, idle, false, 'leftCall'],
  ['a third party is rung', connected, guest('ringing', since), false, 'guestRinging'],
  ['they answer', guest('ringing', since), guest('joined', since), false, 'guestJoined'],
  ['the customer comes in', guest('joined', since), guest('joined'), false, 'conference'],
  ['the customer is put on hold again', guest('joined'), guest('joined', since), false, 'onHold'],
  ['the agent answers a colleague', ringing(), asGuest, false, 'consulting'],
  ['the call becomes theirs', asGuest, connecting, false, 'takenOver'],
  ['they leave it', asGuest, idle, false, 'leftCall'],
  ['it ends', asGuest, idle, true, 'ended'],
  ['nothing happens', idle, idle, false, undefined],
] as const)('when %s', (_, before, now, callerLeft, key) => {
  expect(announcement(before, now, callerLeft)).toBe(key);
});
