import type { Contact, Guest, Status } from '../api/model';
import type { ErrorKey } from './failure';

/** What has happened to the agent, beyond what the desk shows anyway. */
export type News =
  /** The customer of a call that we return was not reached; the contact says whether it is tried again. */
  | { about: 'notReached'; contact: Contact }
  /** A third party did not answer, or left: the agent has the call. */
  | { about: 'guestGone'; contact: Contact; guest: Guest }
  | { about: 'given'; given: GivenStatus };

/** A status that a supervisor has given the agent. */
export interface GivenStatus {
  /** The supervisor's id. */
  by: string;
  status: Status;
  reason: string;
  /** Where it holds; empty: in every joined queue. */
  queueIds: readonly string[];
  /** It comes when call and wrap-up are over. */
  later: boolean;
}

/** Something that the agent is told, and may put away. Notices with the same id replace each other. */
export type Notice =
  /** It went wrong: what, for whom if it was for a colleague, and how to try it again if that makes sense. */
  { id: string; message: ErrorKey; whom?: string; retry?: () => void } | { id: string; news: News };
