import { Problem } from '../api/problem';

/** Keys under `error` in the translations: each says what happened, what was kept and what to do. */
export type ErrorKey =
  | 'offerGone'
  | 'signedOut'
  | 'forbidden'
  | 'unreachable'
  | 'invalid'
  | 'server'
  | 'notFound'
  | 'chatNotYours'
  | 'chatResolved'
  | 'noAudio'
  | 'busy'
  | 'notHeld'
  | 'stillHeld'
  | 'noNumber'
  | 'visitorAway'
  | 'notConnected'
  | 'recordingArchived'
  | 'recordingChanged'
  | 'recordingsFull'
  | 'uploadFailed'
  | 'notANumber'
  | 'numberShort'
  | 'numberLong'
  | 'numberInvalid'
  | 'numberPremium'
  | 'numberCountry'
  | 'numberEmergency'
  | 'numberRefused'
  | 'noLine'
  | 'lineUnknown'
  | 'colleagueBusy'
  | 'colleagueAway'
  | 'queueNobody'
  | 'guestThere'
  | 'guestRefused'
  | 'guestGone'
  | 'notPassed'
  | 'widgetWaits'
  | 'widgetNoLine'
  | 'callerLeft'
  | 'agentGone'
  | 'queueNotAssigned'
  | 'noQueueJoined';

const bySlug: Readonly<Record<string, ErrorKey>> = {
  'agent-away': 'colleagueAway',
  'agent-busy': 'busy',
  'agent-without-audio': 'noAudio',
  'caller-left': 'callerLeft',
  'chat-not-yours': 'chatNotYours',
  'chat-resolved': 'chatResolved',
  'country-not-allowed': 'numberCountry',
  'guest-refused': 'guestRefused',
  'guest-there': 'guestThere',
  'no-guest': 'guestGone',
  'no-line': 'noLine',
  'no-number': 'noNumber',
  'not-a-number': 'notANumber',
  'not-connected': 'notConnected',
  'number-emergency': 'numberEmergency',
  'number-invalid': 'numberInvalid',
  'number-premium': 'numberPremium',
  'number-refused': 'numberRefused',
  'offer-gone': 'offerGone',
  'queue-nobody': 'queueNobody',
  'recording-archived': 'recordingArchived',
  'recording-changed': 'recordingChanged',
  'recordings-full': 'recordingsFull',
  'too-long': 'numberLong',
  'too-short': 'numberShort',
  unreachable: 'unreachable',
  'upload-failed': 'uploadFailed',
  'visitor-away': 'visitorAway',
  'widget-cannot-wait': 'widgetWaits',
  'widget-no-line': 'widgetNoLine',
};

const byStatus: Readonly<Record<number, ErrorKey>> = {
  401: 'signedOut',
  403: 'forbidden',
  404: 'notFound',
  422: 'invalid',
};

/** What matters to an agent about hold that failed is who hears whom now. */
export function holdErrorOf(error: unknown, on: boolean): ErrorKey {
  const known = errorKeyOf(error);
  if (known !== 'server' && known !== 'unreachable') return known;
  return on ? 'notHeld' : 'stillHeld';
}

/** Busy is the one who was to be rung; and whatever has failed, the caller is still there. */
export function inviteErrorOf(error: unknown): ErrorKey {
  const known = errorKeyOf(error);
  if (known === 'busy') return 'colleagueBusy';
  return known === 'server' || known === 'unreachable' || known === 'notFound' ? 'notPassed' : known;
}

/** What matters to an agent about a third party is who has the call now. */
export function handOverErrorOf(error: unknown): ErrorKey {
  const known = errorKeyOf(error);
  return known === 'server' || known === 'unreachable' ? 'notPassed' : known;
}

const teamSlugs: Readonly<Record<string, ErrorKey>> = {
  'agent-unknown': 'agentGone',
  'no-queue-joined': 'noQueueJoined',
  'queue-not-assigned': 'queueNotAssigned',
};

/** What matters to a supervisor about a colleague is that the colleague has changed in the meantime. */
export const teamErrorOf = (error: unknown): ErrorKey =>
  (error instanceof Problem ? teamSlugs[error.slug] : undefined) ?? errorKeyOf(error);

/** What to tell an agent about a request that failed. */
export function errorKeyOf(error: unknown): ErrorKey {
  if (!(error instanceof Problem)) return 'server';
  return bySlug[error.slug] ?? byStatus[error.status] ?? 'server';
}
