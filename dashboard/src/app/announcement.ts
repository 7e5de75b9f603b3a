import { isDialling } from '../desk/call-kind';
import type { CallStage } from '../desk/selectors';

export type AnnouncementKey =
  | 'ringing'
  | 'connecting'
  | 'dialling'
  | 'connected'
  | 'onHold'
  | 'offHold'
  | 'playing'
  | 'playingThenEnd'
  | 'playingOver'
  | 'guestRinging'
  | 'guestJoined'
  | 'conference'
  | 'consulting'
  | 'takenOver'
  | 'leftCall'
  | 'callerLeft'
  | 'offerOver'
  | 'ended'
  | 'wrapUp'
  | 'wrapUpOver';

type Stage = CallStage['stage'];
type LiveStage = Extract<CallStage, { stage: 'live' }>;

const afterCall: Partial<Record<Stage, AnnouncementKey>> = { 'wrap-up': 'wrapUp', idle: 'ended' };

/** What to say aloud when the call goes from one stage to another; keys under `announce`. `over`: the last call has ended. */
export function announcement(before: CallStage, now: CallStage, over: boolean): AnnouncementKey | undefined {
  if (now.stage === 'ringing') {
    return before.stage === 'ringing' && before.offer.id === now.offer.id ? undefined : 'ringing';
  }
  if (now.stage === 'live') return announceLive(before, now);
  if (before.stage === 'ringing') return over ? 'callerLeft' : 'offerOver';
  if (before.stage === 'live') return now.stage === 'idle' && !over ? 'leftCall' : afterCall[now.stage];
  return before.stage === 'wrap-up' && now.stage === 'idle' ? 'wrapUpOver' : undefined;
}

function announceLive(before: CallStage, now: LiveStage): AnnouncementKey | undefined {
  if (before.stage === 'live' && before.asGuest !== now.asGuest) return 'takenOver';
  if (before.stage === 'live' && before.contact.state === now.contact.state) return announceChange(before, now);
  if (now.asGuest) return 'consulting';
  if (now.contact.state === 'connected') return 'connected';
  return isDialling(now.contact) ? 'dialling' : 'connecting';
}

function announceChange(before: LiveStage, now: LiveStage): AnnouncementKey | undefined {
  const [was, guest] = [before, now].map(({ contact }) => contact.guest);
  if (guest && guest.id !== was?.id) return 'guestRinging';
  if (guest && guest.state !== was?.state) return 'guestJoined';
  const [wasHeld, held] = [before, now].map(({ contact }) => Boolean(contact.heldAt));
  if (wasHeld !== held) {
    if (held) return 'onHold';
    return guest?.state === 'joined' ? 'conference' : 'offHold';
  }
  return announcePlayback(before, now);
}

function announcePlayback(before: LiveStage, now: LiveStage): AnnouncementKey | undefined {
  const { playback } = now.contact;
  if (playback?.id === before.contact.playback?.id) return undefined;
  if (!playback) return 'playingOver';
  return playback.thenEnd ? 'playingThenEnd' : 'playing';
}
