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
  | 'uploadFailed';

const bySlug: Readonly<Record<string, ErrorKey>> = {
  'agent-busy': 'busy',
  'agent-without-audio': 'noAudio',
  'chat-not-yours': 'chatNotYours',
  'chat-resolved': 'chatResolved',
  'no-number': 'noNumber',
  'not-connected': 'notConnected',
  'offer-gone': 'offerGone',
  'recording-archived': 'recordingArchived',
  'recording-changed': 'recordingChanged',
  'recordings-full': 'recordingsFull',
  unreachable: 'unreachable',
  'upload-failed': 'uploadFailed',
  'visitor-away': 'visitorAway',
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

/** What to tell an agent about a request that failed. */
export function errorKeyOf(error: unknown): ErrorKey {
  if (!(error instanceof Problem)) return 'server';
  return bySlug[error.slug] ?? byStatus[error.status] ?? 'server';
}
