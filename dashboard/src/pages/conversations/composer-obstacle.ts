import type { Chat } from '../../api/chat-model';
import type { Agent } from '../../api/model';
import { heldBy } from '../../chat/chat-selectors';
import { supervises } from '../../desk/supervises';
import type { ReplyWindow } from './reply-window';

/** Why the agent can't write to the customer now; keys under `obstacle`. Notes can be written always. */
export type Obstacle = 'resolved' | 'optedOut' | 'windowClosed' | 'unassigned' | 'notYours';

export function obstacleFor(chat: Chat, me: Agent, window: ReplyWindow['stage']): Obstacle | undefined {
  if (chat.state === 'resolved') return 'resolved';
  if (chat.optedOut) return 'optedOut';
  if (window === 'closed') return 'windowClosed';
  if (heldBy(chat, me.id) || supervises(me)) return undefined;
  return chat.state === 'unassigned' ? 'unassigned' : 'notYours';
}
