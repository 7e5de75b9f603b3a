import type { ErrorKey } from './failure';

/** Something that went wrong: the agent is told, and may put it away. */
export interface Notice {
  /** Notices with the same id replace each other. */
  id: string;
  message: ErrorKey;
}
