import type { Client } from 'openapi-fetch';
import { settle } from './http';
import type { Agent, Contact } from './model';
import type { components, paths } from './schema';

/** Whom to ring for a call; its id is made here: sent twice, it rings once. */
export type Invitation = Omit<components['schemas']['InviteInputBody'], '$schema'>;

/** The REST API of calls that agents make and pass on. Every method rejects with a Problem. */
export interface CallApi {
  /** Chooses the number to call from, E.164. */
  setLine(number: string): Promise<Agent>;
  /** Calls a number, as a person writes it. The id is made here: sent twice, it is one call. */
  dial(id: string, to: string): Promise<Contact>;
  /** Rings a third party; the customer is on hold from then on. */
  invite(contactId: string, invitation: Invitation): Promise<Contact>;
  /** Takes the third party out, or stops ringing them. */
  dismissGuest(contactId: string): Promise<Contact>;
  /** Leaves the call to the third party. */
  handOver(contactId: string): Promise<Contact>;
  /** Sends the call into a queue's line. */
  toQueue(contactId: string, queueId: string): Promise<Contact>;
}

export function createCallApi(http: Client<paths>): CallApi {
  const call = (contactId: string) => ({ params: { path: { contactId } } });
  return {
    setLine: (number) => settle(http.PUT('/api/desk/line', { body: { number } })),
    dial: (id, to) => settle(http.POST('/api/calls', { body: { id, to } })),
    invite: (contactId, body) => settle(http.POST('/api/contacts/{contactId}/guest', { ...call(contactId), body })),
    dismissGuest: (contactId) => settle(http.DELETE('/api/contacts/{contactId}/guest', call(contactId))),
    handOver: (contactId) => settle(http.POST('/api/contacts/{contactId}/hand-over', call(contactId))),
    toQueue: (contactId, queueId) =>
      settle(http.POST('/api/contacts/{contactId}/queue', { ...call(contactId), body: { queueId } })),
  };
}
