import type { Patch, Pong, Typing } from '../api/model';
import type { Card } from '../api/report-model';

export type ServerMessage =
  | { type: 'patch'; patch: Patch }
  | { type: 'pong'; pong: Pong }
  | { type: 'typing'; typing: Typing }
  | { type: 'cards'; cards: Card[] };

/** Reads one frame. What is not understood is nothing: the next pong or snapshot tells if it mattered. */
export function readMessage(data: unknown): ServerMessage | undefined {
  if (typeof data !== 'string') return undefined;
  let message: unknown;
  try {
    message = JSON.parse(data);
  } catch {
    return undefined;
  }
  const { type } = (message ?? {}) as { type?: unknown };
  if (type === 'patch') return { type, patch: message as Patch };
  if (type === 'pong') return { type, pong: message as Pong };
  if (type === 'typing') return { type, typing: message as Typing };
  if (type === 'cards') return { type, cards: (message as { cards: Card[] }).cards };
  return undefined;
}
