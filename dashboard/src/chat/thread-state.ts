import type { Message } from '../api/chat-model';
import { moment } from './moment';

/** What is held of one chat's messages. */
export interface Thread {
  /** By key, which is by time; without gaps. */
  messages: readonly Message[];
  /** There are older ones on the server. */
  older: boolean;
  phase: 'loading' | 'ready' | 'failed';
}

export const newThread: Thread = { messages: [], older: true, phase: 'loading' };

const byKey = (a: Message, b: Message) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

/** Takes up messages: for each id the one with the highest version, in order. Nothing new returns the very same list. */
export function mergeMessages(known: readonly Message[], incoming: readonly Message[]): readonly Message[] {
  const versions = new Map(known.map((message) => [message.id, message.version]));
  const newest = new Map<string, Message>();
  for (const message of incoming) {
    const held = newest.get(message.id)?.version ?? versions.get(message.id) ?? -1;
    if (message.version > held) newest.set(message.id, message);
  }
  if (newest.size === 0) return known;
  const merged = [...known.filter(({ id }) => !newest.has(id)), ...newest.values()];
  return merged.sort(byKey);
}

/**
 * Takes up the newest page. Where it does not reach back to what is held, messages between the two are missing: the older
 * ones are forgotten then, and fetched again when somebody scrolls up.
 */
export function withNewestPage(thread: Thread, page: readonly Message[], more: boolean): Thread {
  const last = thread.messages.at(-1);
  const first = page[0];
  const adjoins = !more || (last !== undefined && first !== undefined && first.key <= last.key);
  if (adjoins && last) {
    const older = more ? thread.older : false;
    return { messages: mergeMessages(thread.messages, page), older, phase: 'ready' };
  }
  return { messages: mergeMessages([], page), older: more, phase: 'ready' };
}

/** Takes up a page that was asked for with `before` the first message held. */
export function withOlderPage(thread: Thread, page: readonly Message[], more: boolean): Thread {
  return { messages: mergeMessages(thread.messages, page), older: more, phase: 'ready' };
}

/** The moment of the last message that the chat itself counts: notes and events don't move it. */
export function lastSpokenAt(messages: readonly Message[]): number {
  return moment(messages.findLast(({ kind }) => kind !== 'note' && kind !== 'event')?.at);
}
