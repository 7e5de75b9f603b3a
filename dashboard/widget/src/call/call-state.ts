/** Why the visitor cannot speak, as the card explains it. */
export type CallProblem =
  | 'denied'
  | 'policy'
  | 'missing'
  | 'busy'
  | 'insecure'
  | 'unsupported'
  | 'unreachable'
  | 'unknown';

/** What the visitor sees of a call. */
export interface CallState {
  /** "elsewhere": another tab has answered it. */
  phase: 'none' | 'ringing' | 'asking' | 'connecting' | 'live' | 'elsewhere' | 'ended';
  /** First name of who calls. */
  agent?: string | undefined;
  problem?: CallProblem | undefined;
  /** When the visitor and the agent began to hear each other, in milliseconds of the page's clock. */
  since?: number | undefined;
  /** Of an ended call that was live: how long it was, in seconds. */
  seconds?: number | undefined;
  ended?: 'over' | 'lost' | 'failed' | undefined;
  muted?: boolean | undefined;
  /** The browser plays nothing before the visitor presses a button. */
  silenced?: boolean | undefined;
  /** The connection is gone, and is being looked for. */
  interrupted?: boolean | undefined;
}
