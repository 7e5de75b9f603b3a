import type { Agent, Membership } from '../api/model';
import type { DeskStore } from './desk-store';
import type { GivenStatus } from './notice';
import { joined, selectMe } from './selectors';

/** The notice's id. */
const GIVEN = 'given-status';

/** The status that a supervisor has given the agent between two states of their record, if one has. */
export function givenStatus(before: Agent, now: Agent): GivenStatus | undefined {
  const { next } = now;
  if (next?.by && !isSame(next, before.next)) return { ...choiceOf(next), queueIds: [], later: true };
  const changed = now.memberships.filter((m) => {
    const was = before.memberships.find(({ queueId }) => queueId === m.queueId);
    return Boolean(m.by) && !(isSame(m, was) && m.since === was?.since);
  });
  const [first] = changed;
  if (!first || isSame(first, before.next)) return undefined; // what had been told for later has come
  const together = changed.filter((m) => isSame(m, first)).map(({ queueId }) => queueId);
  const everywhere = [...joined(before), ...joined(now)].every(({ queueId }) => together.includes(queueId));
  return { ...choiceOf(first), queueIds: everywhere ? [] : together, later: false };
}

type Choice = Pick<Membership, 'status' | 'reason' | 'by'>;

const choiceOf = ({ status, reason = '', by = '' }: Choice) => ({ status, reason, by });

const isSame = (one: Choice, other: Choice | undefined): boolean =>
  one.status === other?.status && one.reason === other.reason && one.by === other.by;

/** Whether it still stands: neither the agent nor anybody else has chosen since. */
const holds = ({ by, status, reason, later }: GivenStatus, { next, memberships }: Agent): boolean => {
  const standing: Choice[] = later ? [...(next ? [next] : []), ...memberships] : memberships;
  return standing.some((m) => m.by === by && m.status === status && (m.reason ?? '') === reason);
};

/** Tells the agent what a supervisor has chosen for them, until it no longer holds. */
export function tellGivenStatus(store: DeskStore): void {
  let before = selectMe(store.get());
  store.subscribe(() => {
    const now = selectMe(store.get());
    if (now === before) return;
    const given = before && now && before.id === now.id ? givenStatus(before, now) : undefined;
    before = now;
    if (given) store.dispatch({ type: 'notice', notice: { id: GIVEN, news: { about: 'given', given } } });
    else if (now && isOutdated(store, now)) store.dispatch({ type: 'notice-dismissed', id: GIVEN });
  });
}

function isOutdated(store: DeskStore, me: Agent): boolean {
  const notice = store.get().notices.find(({ id }) => id === GIVEN);
  return notice !== undefined && 'news' in notice && notice.news.about === 'given' && !holds(notice.news.given, me);
}
