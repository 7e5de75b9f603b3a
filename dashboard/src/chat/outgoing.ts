import type { NewMessage } from '../api/chat-api';
import type { Message } from '../api/chat-model';

/** A file that is with the server already, to be named in a message. */
export interface SentFile {
  id: string;
  name: string;
  type: string;
  bytes: number;
}

/** A message on its way to the server. */
export interface OutgoingMessage extends Omit<NewMessage, 'files' | 'text'> {
  chatId: string;
  text: string;
  agentId: string;
  at: string;
  files: SentFile[];
  /** Waiting for its turn or for the network; or refused by the server, which says why. */
  phase: 'waiting' | 'refused';
  /** Slug of the reason; empty when the server named none. */
  failure: string;
}

/** Those that have not arrived: a message that the server shows is no longer on its way. */
export function withoutArrived(
  outgoing: readonly OutgoingMessage[],
  messages: readonly Message[],
): readonly OutgoingMessage[] {
  if (outgoing.length === 0) return outgoing;
  const arrived = new Set(messages.map(({ id }) => id));
  return outgoing.some(({ id }) => arrived.has(id)) ? outgoing.filter(({ id }) => !arrived.has(id)) : outgoing;
}

/** As the thread shows it until the server does. */
export function asMessage(outgoing: OutgoingMessage): Message {
  const { id, chatId, agentId, at, kind, text, files, replyTo, phase, failure } = outgoing;
  return {
    id,
    chatId,
    key: `${at}#${id}`,
    kind,
    from: 'agent',
    agentId,
    at,
    text,
    attachments: files.map(({ id: fileId, name, type, bytes }) => ({ id: fileId, name, type, bytes, state: 'stored' })),
    ...(replyTo ? { replyTo } : {}),
    delivery: phase === 'refused' ? 'failed' : 'sending',
    failure,
    version: -1,
  };
}
