import type { ChatApi } from '../api/chat-api';
import type { Message } from '../api/chat-model';

export interface FileLink {
  url: string;
  /** Milliseconds of the local clock, well before the link's end. */
  until: number;
}

/** Where a file's message is. */
export type MessagePlace = Pick<Message, 'chatId' | 'key'>;

/** Short-lived links to stored files, each asked for once until it ends. */
export interface FileLinks {
  get(message: MessagePlace, fileId: string): Promise<FileLink>;
  /** The link does not work: the next one asked for is new. */
  forget(fileId: string): void;
}

/** Milliseconds before its end at which a link is no longer handed out, whatever the clocks differ by. */
const AHEAD = 20_000;
/** How many are remembered. */
const KEPT = 200;

export function createFileLinks(api: ChatApi, serverNow: () => number): FileLinks {
  const links = new Map<string, Promise<FileLink>>();
  const ends = new Map<string, number>();

  async function fetchLink(message: MessagePlace, fileId: string): Promise<FileLink> {
    const { url, expiresAt } = await api.fileLink(message, fileId);
    const until = Date.now() + Math.max(0, Date.parse(expiresAt) - serverNow() - AHEAD);
    ends.set(fileId, until);
    return { url, until };
  }

  function forget(fileId: string): void {
    links.delete(fileId);
    ends.delete(fileId);
  }

  return {
    get(message, fileId) {
      const known = links.get(fileId);
      if (known && (ends.get(fileId) ?? Number.POSITIVE_INFINITY) > Date.now()) return known;
      const link = fetchLink(message, fileId);
      link.catch(() => forget(fileId));
      links.set(fileId, link);
      const [oldest] = links.keys();
      if (links.size > KEPT && oldest) forget(oldest);
      return link;
    },
    forget,
  };
}
