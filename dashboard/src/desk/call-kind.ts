import type { Contact } from '../api/model';

type State = Pick<Contact, 'kind' | 'state' | 'connectedAt'>;

/** Whether the call returns an earlier one: the centre calls the customer, until they are reached. */
export const returns = ({ kind }: Pick<Contact, 'kind'>): boolean => kind === 'callback' || kind === 'campaign';

/** Whether the agent waits for the customer to pick up. One who has been heard before is not being called. */
export const isDialling = (contact: State): boolean =>
  contact.state === 'connecting' && !contact.connectedAt && (contact.kind === 'outbound' || returns(contact));

/** How often the customer will have been called with this attempt; 0 when nobody counts. */
export function attemptOf({ attempt = 0, ...contact }: State & Pick<Contact, 'attempt'>): number {
  if (!returns(contact)) return 0;
  // The server counts when an agent accepts. A customer who is on the line is not called again.
  return contact.state === 'offered' && !contact.connectedAt ? attempt + 1 : attempt;
}

/** The texts that say what kind of call it is. */
export const titles = {
  inbound: 'call.incoming',
  outbound: 'call.outgoing',
  callback: 'call.callback',
  campaign: 'call.campaign',
  direct: 'call.direct',
  consultation: 'call.consultation',
  transfer: 'call.transferred',
} as const;

/** What the agent is rung for, or talks in, as a key of the titles. */
export function kindOf({ kind, guest }: Pick<Contact, 'kind' | 'guest'>, asGuest: boolean): keyof typeof titles {
  if (!asGuest) return kind;
  return guest?.blind ? 'transfer' : 'consultation';
}
