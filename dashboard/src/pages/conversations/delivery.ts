import type { Chat, Delivery, Message } from '../../api/chat-model';
import { moment } from '../../chat/moment';

/** How far a message of ours has come. `unconfirmed`: nobody has said for a minute whether it went out. */
export type Progress = Delivery | 'unconfirmed';

/** Milliseconds after which a message that is still being sent may have been lost on the way. */
export const CONFIRM_PATIENCE = 60_000;

/** The message's own word, or what follows from how far the customer has read. `now` by the server's clock. */
export function progressOf(message: Message, chat: Chat | undefined, now: number): Progress | undefined {
  const { delivery, at, kind, version } = message;
  if (kind === 'note' || !delivery) return undefined;
  // Version -1: not on the server yet. That is for the network, and the message goes out by itself.
  if (delivery === 'sending' && version >= 0 && now - Date.parse(at) > CONFIRM_PATIENCE) return 'unconfirmed';
  if (delivery !== 'sent' && delivery !== 'delivered') return delivery;
  if (moment(at) <= moment(chat?.seenTo)) return 'read';
  return moment(at) <= moment(chat?.deliveredTo) ? 'delivered' : delivery;
}
