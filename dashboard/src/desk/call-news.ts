import type { Contact } from '../api/model';
import { isDialling, returns } from './call-kind';
import type { DeskState } from './desk-state';
import type { DeskStore } from './desk-store';
import type { News } from './notice';
import { type CallStage, selectCall } from './selectors';

/** The ids of the notices. */
const NOT_REACHED = 'not-reached';
const GUEST_GONE = 'guest-gone';

type CallNews = Exclude<News, { about: 'given' }>;

/** What has happened to the agent's call between two states, if the agent did not do it themselves. */
export function newsOf(before: DeskState, now: DeskState): CallNews | undefined {
  const call = selectCall(before);
  if ((call.stage !== 'live' && call.stage !== 'ringing') || call.asGuest) return undefined;
  const contact = now.contacts[call.contact.id];
  if (!contact || contact === call.contact) return undefined;
  // Whoever is busy may be so before the desk has heard that the agent's acceptance counted.
  if (call.stage === 'ringing')
    return wasTriedAtOnce(call.contact, contact) ? { about: 'notReached', contact } : undefined;
  if (wasNotReached(call.contact, contact)) return { about: 'notReached', contact };
  const { guest } = call.contact;
  const stays = contact.state === 'connected' && contact.agentId === now.me;
  if (!guest || contact.guest?.id === guest.id || !stays || now.pending.includes('dismiss-guest')) return undefined;
  return { about: 'guestGone', contact, guest };
}

const wasTriedAtOnce = (before: Contact, now: Contact): boolean =>
  returns(before) && (now.attempt ?? 0) > (before.attempt ?? 0) && isLeft(now);

const isLeft = (contact: Contact): boolean => contact.state === 'scheduled' || contact.outcome === 'incomplete';

const wasNotReached = (before: Contact, now: Contact): boolean => returns(before) && isDialling(before) && isLeft(now);

/** Tells the agent such news, and takes it back once it says nothing any more. */
export function tellCallNews(store: DeskStore): void {
  let before = store.get();
  store.subscribe(() => {
    const last = before;
    before = store.get();
    const news = newsOf(last, before);
    if (news) {
      const id = news.about === 'notReached' ? NOT_REACHED : GUEST_GONE;
      store.dispatch({ type: 'notice', notice: { id, news } });
    }
    for (const id of outdated(store.get())) store.dispatch({ type: 'notice-dismissed', id });
  });
}

/** Another call is on; or the one that a guest left has a new guest, is over, or its customer was taken off hold. */
function outdated(state: DeskState): string[] {
  const call = selectCall(state);
  return state.notices.flatMap((notice) => {
    if (!('news' in notice)) return [];
    const { news } = notice;
    if (news.about === 'given') return [];
    const over = news.about === 'notReached' ? call.stage === 'live' : !isAsLeft(call, news.contact);
    return over ? [notice.id] : [];
  });
}

const isAsLeft = (call: CallStage, left: Contact): boolean =>
  call.stage === 'live' &&
  call.contact.id === left.id &&
  !call.contact.guest &&
  Boolean(call.contact.heldAt) === Boolean(left.heldAt);
