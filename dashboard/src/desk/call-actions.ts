import type { CallApi } from '../api/call-api';
import type { Contact, Patch } from '../api/model';
import { Problem } from '../api/problem';
import type { Action } from './desk-state';
import type { DeskStore } from './desk-store';
import { type ErrorKey, errorKeyOf, handOverErrorOf, inviteErrorOf } from './failure';
import { createRepeatIds } from './repeat-ids';
import { selectMe } from './selectors';
import { createSortedIds } from './sorted-ids';

/** Who is to join a call, or to get it. */
export type Whom = { agentId: string } | { queueId: string } | { number: string };

/** How an agent makes calls and passes them on. As with all actions, a failure becomes a notice, but where it says otherwise. */
export interface CallActions {
  /** Chooses the number to call from; the last choice counts. */
  setLine(number: string): Promise<void>;
  /** Rings a third party. Gives what went wrong, for whoever shows it. */
  invite(contact: Contact, whom: Whom, blind: boolean): Promise<ErrorKey | undefined>;
  /** Sends the call into a queue's line. Gives what went wrong, for whoever shows it. */
  toQueue(contact: Contact, queueId: string): Promise<ErrorKey | undefined>;
  dismissGuest(contact: Contact): Promise<void>;
  handOver(contact: Contact): Promise<void>;
}

interface Ports {
  act(action: Action, request: () => Promise<Patch>, messageOf?: (error: unknown) => ErrorKey): Promise<void>;
  attempt(action: Action, request: () => Promise<Patch>): Promise<{ error: unknown } | undefined>;
}

export function createCallActions(api: CallApi, store: DeskStore, { act, attempt }: Ports): CallActions {
  const guestIds = createRepeatIds(createSortedIds('gu', () => Date.now() + store.get().clockOffset));
  const patch = async (contact: Promise<Contact>): Promise<Patch> => ({ contacts: [await contact] });

  let wanted = '';
  async function setLine(number: string): Promise<void> {
    wanted = number;
    if (store.get().pending.includes('line')) return;
    await act('line', async () => ({ agents: [await api.setLine(number)] }), lineErrorOf);
    if (wanted !== number && wanted !== selectMe(store.get())?.line) await setLine(wanted);
  }

  async function pass(request: () => Promise<Contact>): Promise<ErrorKey | undefined> {
    const failed = await attempt('invite', () => patch(request()));
    const unknown = failed?.error instanceof Problem && failed.error.slug === 'unreachable';
    if (!unknown) guestIds.answered();
    return failed && inviteErrorOf(failed.error);
  }

  return {
    setLine,
    invite: (contact, whom, blind) => {
      const id = guestIds.of(JSON.stringify([contact.id, whom, blind]));
      return pass(() => api.invite(contact.id, { id, ...whom, blind }));
    },
    toQueue: (contact, queueId) => pass(() => api.toQueue(contact.id, queueId)),
    dismissGuest: (contact) => act('dismiss-guest', () => patch(api.dismissGuest(contact.id)), handOverErrorOf),
    handOver: (contact) => act('hand-over', () => patch(api.handOver(contact.id)), handOverErrorOf),
  };
}

const lineErrorOf = (error: unknown): ErrorKey => {
  const key = errorKeyOf(error);
  return key === 'invalid' ? 'lineUnknown' : key;
};
