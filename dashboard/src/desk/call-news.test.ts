import { expect, it } from 'vitest';
import { liveContact, sampleAgent, sampleDesk } from '../../test/samples';
import type { Contact, Guest } from '../api/model';
import { newsOf, tellCallNews } from './call-news';
import { createDeskStore } from './desk-store';

const guest: Guest = { id: 'gu_1', agentId: 'agent-2', state: 'ringing', blind: true, at: '', expiresAt: '' };
const heldAt = '2026-11-22T09:11:00Z';
const connected = (change: Partial<Contact> = {}) => liveContact({ state: 'connected', version: 3, ...change });
const calling = liveContact({ kind: 'callback', attempt: 1, version: 3 });

function desk(contact: Contact) {
  const store = createDeskStore();
  const agent = sampleAgent({ contactId: contact.id });
  store.dispatch({ type: 'snapshot', desk: sampleDesk(agent, contact), sentAt: 0, receivedAt: 0 });
  const become = (next: Contact, agentChange = {}) =>
    store.dispatch({
      type: 'patch',
      patch: {
        contacts: [next],
        agents: [sampleAgent({ contactId: contact.id, ...agentChange, version: next.version })],
      },
    });
  return { store, become, ids: () => store.get().notices.map(({ id }) => id) };
}

it.each([
  ['the customer is called again later', calling, { state: 'scheduled', dueAt: heldAt }, 'notReached'],
  ['it was the last attempt', calling, { state: 'ended', outcome: 'incomplete' }, 'notReached'],
  ['the customer answers', calling, { state: 'connected' }, undefined],
  [
    'a call of the agent is not answered',
    { ...calling, kind: 'outbound' },
    { state: 'ended', outcome: 'unanswered' },
    undefined,
  ],
  ['an invitation comes to nothing', connected({ guest, heldAt }), { guest: undefined }, 'guestGone'],
  ['a third party leaves', connected({ guest: { ...guest, state: 'joined' } }), { guest: undefined }, 'guestGone'],
  ['a third party answers', connected({ guest }), { guest: { ...guest, state: 'joined' } }, undefined],
  [
    'the call is handed over',
    connected({ guest }),
    { guest: undefined, state: 'connecting', agentId: 'agent-2' },
    undefined,
  ],
  ['the call ends', connected({ guest }), { guest: undefined, state: 'ended', outcome: 'handled' }, undefined],
] as const)('when %s', (_, before, change, about) => {
  const { store, become } = desk(before as Contact);
  const first = store.get();
  become({ ...before, ...change, version: 4 } as Contact);
  expect(newsOf(first, store.get())?.about).toBe(about);
});

it('is no news that the agent has made', () => {
  const { store, become, ids } = desk(connected({ guest, heldAt }));
  tellCallNews(store);
  store.dispatch({ type: 'action-started', action: 'dismiss-guest' });
  become(connected({ heldAt, version: 4 }));
  store.dispatch({ type: 'action-settled', action: 'dismiss-guest' });
  expect(ids()).toEqual([]);
});

it('is told until it says nothing any more', () => {
  const { store, become, ids } = desk(connected({ guest, heldAt }));
  tellCallNews(store);
  become(connected({ heldAt, version: 4 }));
  expect(ids()).toEqual(['guest-gone']);
  become(connected({ version: 5 }));
  expect(ids()).toEqual([]);
  become(connected({ guest, heldAt, version: 6 }));
  become(connected({ heldAt, version: 7 }));
  expect(ids()).toEqual(['guest-gone']);
  become(connected({ state: 'ended', version: 8 }), { contactId: undefined });
  expect(ids()).toEqual([]);
});

it('is told of a customer who was not reached until the next call is on', () => {
  const { store, become, ids } = desk(calling);
  tellCallNews(store);
  become({ ...calling, state: 'scheduled', dueAt: heldAt, version: 4 }, { contactId: undefined });
  expect(ids()).toEqual(['not-reached']);
  become(connected({ id: 'call-2', version: 9 }), { contactId: 'call-2' });
  expect(ids()).toEqual([]);
});
