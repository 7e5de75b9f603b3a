import type { Chat } from '../../api/chat-model';

/** Where we stand in the time that a channel gives for answers after the customer's last message. Seconds left. */
export type ReplyWindow =
  | { stage: 'none' }
  | { stage: 'standard'; left: number }
  /** An answer goes with the human-agent tag. */
  | { stage: 'human'; left: number }
  | { stage: 'closed' };

/** `now` in milliseconds by the server's clock. */
export function replyWindow({ window }: Chat, now: number): ReplyWindow {
  if (!window) return { stage: 'none' };
  const seconds = (until: string) => (Date.parse(until) - now) / 1000;
  const [standard, human] = [seconds(window.standardUntil), seconds(window.humanUntil)];
  if (standard > 0) return { stage: 'standard', left: standard };
  return human > 0 ? { stage: 'human', left: human } : { stage: 'closed' };
}

export type Span = { unit: 'days' | 'hours' | 'minutes'; count: number };

/** The largest unit in which there is at least one: 23 hours, 40 minutes. */
export function spanOf(seconds: number): Span {
  if (seconds >= 86_400 * 2) return { unit: 'days', count: Math.floor(seconds / 86_400) };
  if (seconds >= 3600) return { unit: 'hours', count: Math.floor(seconds / 3600) };
  return { unit: 'minutes', count: Math.max(1, Math.floor(seconds / 60)) };
}
