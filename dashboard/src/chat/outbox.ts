import type { ChatApi } from '../api/chat-api';
import { Problem } from '../api/problem';
import { createRefresher } from '../realtime/refresher';
import type { ChatStore } from './chat-store';
import type { Keepsake } from './keepsake';
import type { OutgoingMessage } from './outgoing';

/** Sends messages in the order of writing, each until the server has answered for it. */
export interface Outbox {
  add(message: OutgoingMessage): void;
  /** Tries a message again that the server refused. */
  again(id: string): void;
  /** Gives up a message that the server refused. */
  discard(id: string): void;
  /** The network is back. */
  wake(): void;
  stop(): void;
}

/** Messages that were waiting when the page was left are sent by the next. */
export function createOutbox(api: ChatApi, store: ChatStore, kept: Keepsake<readonly OutgoingMessage[]>): Outbox {
  let stopped = false;
  const all = () => store.get().outgoing;
  const set = (outgoing: readonly OutgoingMessage[]) => store.dispatch({ type: 'outgoing', outgoing });
  const change = (id: string, part: Partial<OutgoingMessage>) =>
    set(all().map((message) => (message.id === id ? { ...message, ...part } : message)));

  if (kept.get().length > 0) set(kept.get());
  const unsubscribe = store.subscribe((before) => {
    if (before.outgoing !== all()) kept.set(all());
  });

  /** Sends one message. False: not now; those behind it wait too, or they would overtake it. */
  async function sendOne({ id, chatId, kind, text, files, replyTo }: OutgoingMessage): Promise<boolean> {
    try {
      const body = { id, kind, text, files: files.map((file) => file.id), ...(replyTo ? { replyTo } : {}) };
      const message = await api.send(chatId, body);
      if (stopped) return true;
      store.dispatch({ type: 'patch', messages: [message] });
      set(all().filter((one) => one.id !== id)); // however the server calls it
      return true;
    } catch (error) {
      if (stopped) return true;
      if (isPassing(error)) return false;
      change(id, { phase: 'refused', failure: error instanceof Problem ? error.slug : '' });
      return true;
    }
  }

  async function sendAll(): Promise<boolean> {
    for (let next = firstWaiting(all()); next && !stopped; next = firstWaiting(all())) {
      if (!(await sendOne(next))) return false;
    }
    return true;
  }

  const sender = createRefresher(sendAll);
  if (firstWaiting(all())) sender.now();

  return {
    add(message) {
      set([...all(), message]);
      sender.now();
    },
    again(id) {
      change(id, { phase: 'waiting', failure: '' });
      sender.now();
    },
    discard: (id) => set(all().filter((message) => message.id !== id)),
    wake() {
      if (firstWaiting(all())) sender.now();
    },
    stop() {
      stopped = true;
      sender.stop();
      unsubscribe();
    },
  };
}

const firstWaiting = (outgoing: readonly OutgoingMessage[]) => outgoing.find(({ phase }) => phase === 'waiting');

/** No answer, or one that a later try may change: the session can be renewed, the server can recover. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof Problem)) return true;
  return error.status === 0 || error.status === 401 || error.status === 429 || error.status >= 500;
}
