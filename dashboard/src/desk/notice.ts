import type { ErrorKey } from './failure';

/** Something that the agent must be told and may put away. */
export interface Notice {
  /** Notices with the same id replace each other. */
  id: string;
  kind: 'error' | 'info';
  message: ErrorKey;
}
