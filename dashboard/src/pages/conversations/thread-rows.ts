import type { Message } from '../../api/chat-model';

/** One line of a thread as it is drawn. */
export type ThreadRow =
  | { type: 'day'; id: string; at: string }
  | { type: 'event'; id: string; message: Message }
  /** `joins`: right below one of the same author, whose name need not be said again. */
  | { type: 'message'; id: string; message: Message; joins: boolean };

/** Milliseconds within which messages of one author stand together. */
const TOGETHER = 5 * 60_000;

const dayOf = (at: string): string => new Date(at).toDateString();

const authorOf = ({ from, agentId = '', kind }: Message): string => `${from} ${agentId} ${kind === 'note'}`;

function joins(message: Message, before: Message | undefined): boolean {
  if (!before || before.kind === 'event' || authorOf(before) !== authorOf(message)) return false;
  return Date.parse(message.at) - Date.parse(before.at) < TOGETHER;
}

/** The lines for messages that are in order: a new day gets a line of its own. */
export function threadRows(messages: readonly Message[]): ThreadRow[] {
  const rows: ThreadRow[] = [];
  let before: Message | undefined;
  let day = '';
  for (const message of messages) {
    const today = dayOf(message.at);
    if (today !== day) {
      rows.push({ type: 'day', id: `day ${today}`, at: message.at });
      before = undefined;
    }
    day = today;
    if (message.kind === 'event') rows.push({ type: 'event', id: message.id, message });
    else rows.push({ type: 'message', id: message.id, message, joins: joins(message, before) });
    before = message;
  }
  return rows;
}
