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
  | 'callerLeft'
  | 'offerOver'
  | 'ended'
  | 'wrapUp'
  | 'wrapUpOver';

type Stage = CallStage['stage'];
type LiveStage = Extract<CallStage, { stage: 'live' }>;

const afterCall: Partial<Record<Stage, AnnouncementKey>> = { 'wrap-up': 'wrapUp', idle: 'ended' };

/** What to say aloud when the call goes from one stage to another; keys under `announce`. */
export function announcement(before: CallStage, now: CallStage, callerLeft: boolean): AnnouncementKey | undefined {
  if (now.stage === 'ringing') {
    return before.stage === 'ringing' && before.offer.id === now.offer.id ? undefined : 'ringing';
  }
  if (now.stage === 'live') return announceLive(before, now);
  if (before.stage === 'ringing') return callerLeft ? 'callerLeft' : 'offerOver';
  if (before.stage === 'live') return afterCall[now.stage];
  return before.stage === 'wrap-up' && now.stage === 'idle' ? 'wrapUpOver' : undefined;
}

function announceLive(before: CallStage, now: LiveStage): AnnouncementKey | undefined {
  if (before.stage === 'live' && before.contact.state === now.contact.state) return announceChange(before, now);
  if (now.contact.state === 'connected') return 'connected';
  return now.contact.kind === 'outbound' ? 'dialling' : 'connecting';
}

function announceChange(before: LiveStage, now: LiveStage): AnnouncementKey | undefined {
  const [wasHeld, held] = [before, now].map(({ contact }) => Boolean(contact.heldAt));
  if (wasHeld !== held) return held ? 'onHold' : 'offHold';
  return announcePlayback(before, now);
}

function announcePlayback(before: LiveStage, now: LiveStage): AnnouncementKey | undefined {
  const { playback } = now.contact;
  if (playback?.id === before.contact.playback?.id) return undefined;
  if (!playback) return 'playingOver';
  return playback.thenEnd ? 'playingThenEnd' : 'playing';
}
