import type { Contact, Guest } from '../api/model';
import type { ErrorKey } from './failure';

/** What has become of a call, beyond what the call panel shows. */
export type News =
  /** The customer of a call that we return was not reached; the contact says whether it is tried again. */
  | { about: 'notReached'; contact: Contact }
  /** A third party did not answer, or left: the agent has the call. */
  | { about: 'guestGone'; contact: Contact; guest: Guest };

/** Something that the agent is told, and may put away. Notices with the same id replace each other. */
export type Notice =
  /** It went wrong. */
  { id: string; message: ErrorKey } | { id: string; news: News };
