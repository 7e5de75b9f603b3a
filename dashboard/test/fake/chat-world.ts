import type { CannedDraft, NewMessage } from '../../src/api/chat-api';
import type { Attachment, CannedMessage, Chat, Message, SetAside } from '../../src/api/chat-model';
import { iso, Refusal, type World } from './world';

export interface ChatPush {
  chats: Chat[];
  messages: Message[];
  /** Agents who held the chat before: they learn that they no longer do. */
  before: (Chat | undefined)[];
}

interface Said extends Partial<Message> {
  text?: string;
}

/** Conversations in memory with just enough rules for a desk to be tried. Every change is pushed whole. */
export class ChatWorld {
  readonly chats = new Map<string, Chat>();
  readonly messages = new Map<string, Message[]>();
  canned: CannedMessage[] = [];
  setAside: SetAside[] = [];
  /** Files by id, with what was uploaded. */
  readonly files = new Map<string, { name: string; type: string; bytes: Buffer }>();
  /** What becomes of messages that agents send. */
  outcome: Pick<Message, 'delivery' | 'failure'> = { delivery: 'sent' };
  /** Every message that was accepted, by id, however often it was sent. */
  readonly sendings: string[] = [];
  private sequence = 0;

  constructor(
    private readonly world: World,
    private readonly push: (push: ChatPush) => void,
  ) {}

  private next(): string {
    this.sequence += 1;
    return String(this.sequence).padStart(5, '0');
  }

  chat(id: string): Chat {
    const chat = this.chats.get(id);
    if (!chat) throw new Refusal(404, 'chat-unknown');
    return chat;
  }

  /** What the agent may know of. */
  visible(agentId: string, id: string): Chat {
    const chat = this.chat(id);
    if (!this.sees(agentId, chat)) throw new Refusal(404, 'chat-unknown');
    return chat;
  }

  sees(agentId: string, chat: Chat): boolean {
    const agent = this.world.agent(agentId);
    return (
      agent.role !== 'agent' || chat.agentId === agentId || agent.memberships.some((m) => m.queueId === chat.queueId)
    );
  }

  open(agentId: string): Chat[] {
    const all = this.world.agent(agentId).role !== 'agent';
    return [...this.chats.values()].filter(
      (chat) =>
        chat.state !== 'resolved' &&
        (all || (chat.state === 'assigned' ? chat.agentId === agentId : this.sees(agentId, chat))),
    );
  }

  resolved(agentId: string, search: string, tag: string): Chat[] {
    return [...this.chats.values()].filter(
      (chat) =>
        chat.state === 'resolved' &&
        this.sees(agentId, chat) &&
        JSON.stringify(chat).includes(search) &&
        (!tag || chat.tags.includes(tag)),
    );
  }

  /** A customer begins to write. */
  begin(change: Partial<Chat> = {}): Chat {
    const id = change.id ?? `chat-${this.next()}`;
    const chat: Chat = {
      id,
      channel: 'sms',
      inbox: '+33199001000',
      customer: { id: '+33612345678', name: 'Jeanne Martin', phone: '+33612345678' },
      queueId: 'q-messages',
      state: 'unassigned',
      openedAt: iso(),
      unread: 0,
      tags: [],
      version: 1,
      ...change,
    };
    this.chats.set(id, chat);
    this.messages.set(id, []);
    return chat;
  }

  /** The customer writes. */
  say(chatId: string, said: Said | string): Message {
    const chat = this.chat(chatId);
    const message = this.entry(chatId, { from: 'customer', ...(typeof said === 'string' ? { text: said } : said) });
    const change: Partial<Chat> = {
      lastInAt: message.at,
      lastAt: message.at,
      waitingSince: chat.waitingSince ?? message.at,
      preview: message.text ?? '#file',
      previewFrom: 'customer',
      unread: chat.unread + 1,
    };
    if (chat.state === 'resolved') change.state = 'unassigned';
    this.save(chat, change, [message]);
    return message;
  }

  /** Puts many messages into a thread at once, as if they had been there long. */
  fill(chatId: string, count: number): void {
    const list = this.messages.get(chatId) ?? [];
    for (let i = 0; i < count; i++) {
      const at = new Date(Date.now() - (count - i) * 60_000).toISOString();
      list.push(
        this.entry(chatId, { from: i % 3 ? 'customer' : 'agent', agentId: 'agent-1', text: `Line ${i + 1}`, at }),
      );
    }
    const chat = this.chat(chatId);
    this.chats.set(chatId, { ...chat, lastAt: list.at(-1)?.at ?? chat.openedAt, preview: `Line ${count}` });
  }

  private entry(chatId: string, change: Partial<Message>): Message {
    const message = { id: `ms_${this.next()}`, at: iso(), kind: 'text' as const, from: 'customer' as const, ...change };
    return { chatId, key: `${message.at}#${message.id}`, version: 1, ...message };
  }

  page(chatId: string, query: URLSearchParams): { messages: Message[]; more: boolean } {
    const all = [...(this.messages.get(chatId) ?? [])].sort((a, b) => (a.key < b.key ? -1 : 1));
    const limit = Number(query.get('limit') ?? 50);
    const after = query.get('after');
    if (after) {
      const rest = all.filter(({ key }) => key > after);
      return { messages: rest.slice(0, limit), more: rest.length > limit };
    }
    const before = query.get('before');
    const rest = before ? all.filter(({ key }) => key < before) : all;
    return { messages: rest.slice(-limit), more: rest.length > limit };
  }

  send(agentId: string, chatId: string, { id, kind, text = '', files = [], replyTo }: NewMessage): Message {
    this.sendings.push(id);
    const known = this.messages.get(chatId)?.find((message) => message.id === id);
    if (known) return known;
    const chat = this.visible(agentId, chatId);
    const supervises = this.world.agent(agentId).role !== 'agent';
    if (kind === 'text' && chat.agentId !== agentId && !supervises) throw new Refusal(409, 'chat-not-yours');
    const message = this.entry(chatId, {
      id,
      kind,
      text,
      from: 'agent',
      agentId,
      attachments: files.map((file) => this.attachment(file)),
      ...(replyTo ? { replyTo } : {}),
      ...(kind === 'text' ? this.outcome : {}),
    });
    if (kind === 'note') this.save(chat, {}, [message]);
    else {
      const { waitingSince: _, ...rest } = chat;
      this.save(rest, { lastAt: message.at, preview: text, previewFrom: 'agent' }, [message]);
    }
    return message;
  }

  private attachment(id: string): Attachment {
    const file = this.files.get(id);
    if (!file) throw new Refusal(404, 'file-unknown');
    return { id, name: file.name, type: file.type, bytes: file.bytes.length, state: 'stored' };
  }

  retry(chatId: string, key: string): Message {
    const message = this.messages.get(chatId)?.find((one) => one.key === key);
    if (!message) throw new Refusal(404, 'message-unknown');
    const { failure: _, ...rest } = message;
    return this.change({ ...rest, ...this.outcome });
  }

  /** Something changes about a message: its delivery, a reaction, its attachments. */
  change(message: Message): Message {
    const saved = { ...message, version: message.version + 1 };
    const list = this.messages.get(message.chatId) ?? [];
    this.messages.set(message.chatId, [...list.filter(({ id }) => id !== saved.id), saved]);
    const chat = this.chat(message.chatId);
    this.push({ chats: [], messages: [saved], before: [chat] });
    return saved;
  }

  assign(by: string, chatId: string, to: { agentId?: string; queueId?: string }): Chat {
    const { agentId, queueId } = to;
    const chat = this.chat(chatId);
    const kind = agentId ? ('assigned' as const) : ('transferred' as const);
    const event = this.entry(chatId, { kind: 'event', from: 'system', event: { kind, by, ...to } });
    if (agentId) return this.save(chat, { state: 'assigned', agentId, assignedAt: iso() }, [event]);
    const { agentId: _, ...rest } = chat;
    return this.save(rest, { state: 'unassigned', queueId: queueId ?? chat.queueId }, [event], chat);
  }

  resolve(by: string, chatId: string): Chat {
    const { waitingSince: _, ...chat } = this.chat(chatId);
    const event = this.entry(chatId, { kind: 'event', from: 'system', event: { kind: 'resolved', by } });
    return this.save(chat, { state: 'resolved', resolvedAt: iso() }, [event]);
  }

  reopen(by: string, chatId: string): Chat {
    const event = this.entry(chatId, { kind: 'event', from: 'system', event: { kind: 'reopened', by } });
    return this.save(this.chat(chatId), { state: 'unassigned' }, [event]);
  }

  update(chatId: string, change: Partial<Chat>): Chat {
    return this.save(this.chat(chatId), change, []);
  }

  saveCanned(ownerId: string, draft: CannedDraft, id?: string): CannedMessage {
    const taken = this.canned.some(
      (one) => draft.shortcut && one.shortcut === draft.shortcut && one.id !== id && one.ownerId === ownerId,
    );
    if (taken) throw new Refusal(409, 'shortcut-taken');
    const before = this.canned.find((one) => one.id === id);
    const saved: CannedMessage = {
      categories: [],
      public: false,
      ...draft,
      id: id ?? `canned-${this.next()}`,
      ownerId: before?.ownerId ?? ownerId,
      version: (before?.version ?? 0) + 1,
    };
    this.canned = [...this.canned.filter((one) => one.id !== id), saved];
    return saved;
  }

  private save(chat: Chat, change: Partial<Chat>, messages: Message[], before: Chat = chat): Chat {
    const saved = { ...chat, ...change, version: chat.version + 1 };
    this.chats.set(chat.id, saved);
    this.messages.set(chat.id, [...(this.messages.get(chat.id) ?? []), ...messages]);
    this.push({ chats: [saved], messages, before: [before] });
    return saved;
  }
}
