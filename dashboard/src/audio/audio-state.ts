import type { AudioProblem } from './audio-problem';

/** Where this tab's audio stands. */
export type AudioPhase =
  /** Not needed: no queue is joined and no call is on. */
  | 'off'
  | 'starting'
  | 'up'
  /** It was up; it is being opened again. */
  | 'reconnecting'
  /** It needs the agent: `problem` says what. */
  | 'blocked'
  /** Another tab or another device carries it. */
  | 'elsewhere';

/** Why a microphone that works is closed: the agent does not want to be heard, or the customer is on hold. */
export type MuteReason = 'agent' | 'hold';

export interface AudioState {
  phase: AudioPhase;
  /** With 'blocked' the reason; with 'up' what is wrong with the microphone; with the others why it takes so long. */
  problem: AudioProblem | undefined;
  elsewhere: 'tab' | 'device' | undefined;
  /** The browser keeps the page silent until it is clicked. */
  silenced: boolean;
  microphone: MediaStream | undefined;
  muted: readonly MuteReason[];
  incoming: MediaStream | undefined;
}

export const audioOff: AudioState = {
  phase: 'off',
  problem: undefined,
  elsewhere: undefined,
  silenced: false,
  microphone: undefined,
  muted: [],
  incoming: undefined,
};
