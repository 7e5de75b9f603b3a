import type { Message } from '../../api/chat-model';

/** One message or event of a thread as it is drawn. Its id is the message's, so that it is found again when older ones come. */
export interface ThreadRow {
  message: Message;
  /** It is the first of its day. */
  newDay: boolean;
  /** It stands right below one of the same author, whose name need not be said again. */
  joins: boolean;
}

/** Milliseconds within which messages of one author stand together. */
const TOGETHER = 5 * 60_000;

const dayOf = (at: string): string => new Date(at).toDateString();

const authorOf = ({ from, agentId = '', kind }: Message): string => `${from} ${agentId} ${kind === 'note'}`;

function joins(message: Message, before: Message): boolean {
  if (before.kind === 'event' || authorOf(before) !== authorOf(message)) return false;
  return Date.parse(message.at) - Date.parse(before.at) < TOGETHER;
}

/** The rows for messages that are in order. */
export function threadRows(messages: readonly Message[]): ThreadRow[] {
  let before: Message | undefined;
  let day = '';
  return messages.map((message) => {
    const today = dayOf(message.at);
    const newDay = today !== day;
    const row = { message, newDay, joins: !newDay && before !== undefined && joins(message, before) };
    day = today;
    before = message;
    return row;
  });
}
