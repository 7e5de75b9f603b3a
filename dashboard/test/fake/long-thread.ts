import type { Chat, Message } from '../../src/api/chat-model';
import type { ChatWorld } from './chat-world';

const MINUTE = 60_000;
const sentence = 'The parcel was to come on Tuesday, and nobody has seen it since. ';
const picture = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

type Said = Partial<Message>;

/** What a thread is made of, over and over: every kind of message and event, short and long. */
const kinds: readonly ((n: number, chats: ChatWorld) => Said)[] = [
  (n) => ({ text: `Line ${n}` }),
  (n) => ({ text: `${n}. ${sentence.repeat(1 + (n % 7))}` }),
  (n) => ({ from: 'agent', agentId: 'agent-1', delivery: 'read', text: `${n}. ${sentence}` }),
  (n) => ({ from: 'agent', agentId: 'agent-2', delivery: 'delivered', text: `${n}. See https://lumen.example/${n}.` }),
  (n) => ({ text: `${n}\n\n${sentence.repeat(12)}\n\n${sentence.repeat(1 + (n % 30))}` }),
  (n, chats) => ({ attachments: [file(n, 'image/gif', 'picture.gif', chats)] }),
  (n) => ({ from: 'agent', agentId: 'agent-1', kind: 'note', text: `${n}. ${sentence.repeat(2)}` }),
  (n) => ({ text: `Yes, ${n}`, replyTo: `ms_long_${n - 4}`, reactions: { us: '👍' } }),
  (n) => ({ kind: 'event', from: 'system', event: { kind: n % 2 ? 'resolved' : 'reopened', by: 'agent-1' } }),
  (n, chats) => ({ text: `${n}`, attachments: [file(n, 'application/pdf', `invoice-${n}.pdf`, chats)] }),
  (n) => ({ from: 'elsewhere', text: `${n}. ${sentence}`, editedAt: new Date().toISOString() }),
  (n) => ({ location: { latitude: 48.85, longitude: 2.35, label: `Door ${n}` } }),
  () => ({ deleted: true }),
  (n) => ({ kind: 'postback', text: `Choice ${n}` }),
  (n) => ({ kind: 'unsupported', text: `poll ${n}` }),
  (n) => ({ from: 'agent', agentId: 'agent-1', delivery: 'failed', failure: 'refused', text: `${n}. ${sentence}` }),
];

function file(n: number, type: string, name: string, chats: ChatWorld) {
  const id = `file-${n}`;
  chats.files.set(id, { name, type, bytes: picture });
  return { id, name, type, bytes: 1000 * n, state: 'stored' as const };
}

/** Puts so many messages of every kind into a thread, as if they had been there long; the last one is a plain line. */
export function fillWithAllKinds(chats: ChatWorld, chatId: string, count: number): void {
  const from = Date.now() - (count + 1) * 7 * MINUTE;
  const messages = Array.from({ length: count }, (_, i): Message => {
    const n = i + 1;
    const at = new Date(from + n * 7 * MINUTE).toISOString();
    const id = `ms_long_${n}`;
    const said = n === count ? { text: `Line ${n}` } : kinds[n % kinds.length]?.(n, chats);
    return { chatId, id, at, key: `${at}#${id}`, kind: 'text', from: 'customer', version: 1, ...said };
  });
  chats.messages.set(chatId, messages);
  chats.chats.set(chatId, { ...chats.chat(chatId), lastAt: messages.at(-1)?.at ?? '', preview: `Line ${count}` });
}

/** So many conversations that the agent holds, on every channel, some waiting, some unread, some tagged. */
export function holdMany(chats: ChatWorld, agentId: string, count: number): Chat[] {
  const channels = ['sms', 'messenger', 'instagram', 'webchat'];
  return Array.from({ length: count }, (_, n) => {
    const at = new Date(Date.now() - n * 3 * MINUTE).toISOString();
    return chats.begin({
      id: `held-${String(n).padStart(3, '0')}`,
      channel: channels[n % channels.length] ?? 'sms',
      customer: { id: `customer-${n}`, ...(n % 5 ? { name: `Customer ${n}` } : { phone: '+33612345678' }) },
      state: 'assigned',
      agentId,
      preview: sentence.repeat(1 + (n % 2)),
      previewFrom: n % 3 ? 'customer' : 'agent',
      lastAt: at,
      lastInAt: at,
      unread: n % 4 ? 0 : n,
      tags: n % 6 ? [] : ['delivery', 'refund'],
      ...(n % 2 ? { waitingSince: at } : {}),
    });
  });
}
