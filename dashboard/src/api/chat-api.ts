import type { Client } from 'openapi-fetch';
import type {
  CannedMessage,
  Chat,
  Colleague,
  FileLink,
  FileTicket,
  Meeting,
  Message,
  MessagePage,
  ResolvedPage,
  SetAside,
} from './chat-model';
import { settle } from './http';
import type { Contact } from './model';
import type { components, operations, paths } from './schema';

type Schemas = components['schemas'];

export type ResolvedFilter = Omit<NonNullable<operations['listResolvedChats']['parameters']['query']>, 'cursor'>;
/** Where a page of messages is: the newest one when neither key is given. */
export type PagePlace = NonNullable<operations['listMessages']['parameters']['query']>;
/** Its id is made here, so that sending twice is sending once. */
export type NewMessage = Schemas['SendInputBody'];
export type CannedDraft = Schemas['UpdateCannedInputBody'];

/** The REST API of conversations. Every method rejects with a Problem. */
export interface ChatApi {
  open(): Promise<Chat[]>;
  resolved(filter: ResolvedFilter, cursor?: string): Promise<ResolvedPage>;
  one(chatId: string): Promise<Chat>;
  messages(chatId: string, place: PagePlace): Promise<MessagePage>;
  send(chatId: string, message: NewMessage): Promise<Message>;
  retry(chatId: string, key: string): Promise<Message>;
  assign(chatId: string, to: { agentId: string } | { queueId: string }): Promise<Chat>;
  resolve(chatId: string): Promise<Chat>;
  reopen(chatId: string): Promise<Chat>;
  /** Calls the customer. */
  call(chatId: string): Promise<Contact>;
  /** The chat's meeting room; the customer gets its link when it is new. */
  openMeeting(chatId: string): Promise<Meeting>;
  closeMeeting(chatId: string): Promise<Chat>;
  setTags(chatId: string, tags: string[]): Promise<Chat>;
  markRead(chatId: string, key: string): Promise<Chat>;
  newFile(file: Schemas['FileInputBody']): Promise<FileTicket>;
  /** A link to a file of the message; its key spares the server a search. */
  fileLink(message: Pick<Message, 'chatId' | 'key'>, fileId: string): Promise<FileLink>;
  tags(): Promise<string[]>;
  colleagues(): Promise<Colleague[]>;
  canned(): Promise<CannedMessage[]>;
  createCanned(draft: CannedDraft): Promise<CannedMessage>;
  updateCanned(id: string, draft: CannedDraft): Promise<CannedMessage>;
  deleteCanned(id: string): Promise<void>;
  setAside(): Promise<SetAside[]>;
  deleteSetAside(id: string): Promise<void>;
}

export function createChatApi(http: Client<paths>): ChatApi {
  const of = (chatId: string) => ({ params: { path: { chatId } } });
  const entry = (id: string) => ({ params: { path: { id } } });
  return {
    open: async () => (await settle(http.GET('/api/chats'))).chats,
    resolved: (filter, cursor) =>
      settle(http.GET('/api/chats/resolved', { params: { query: { ...filter, ...(cursor ? { cursor } : {}) } } })),
    one: (id) => settle(http.GET('/api/chats/{chatId}', of(id))),
    messages: (chatId, query) =>
      settle(http.GET('/api/chats/{chatId}/messages', { params: { path: { chatId }, query } })),
    send: (id, body) => settle(http.POST('/api/chats/{chatId}/messages', { ...of(id), body })),
    retry: (id, key) => settle(http.POST('/api/chats/{chatId}/retry', { ...of(id), body: { key } })),
    assign: (id, body) => settle(http.POST('/api/chats/{chatId}/assign', { ...of(id), body })),
    resolve: (id) => settle(http.POST('/api/chats/{chatId}/resolve', of(id))),
    reopen: (id) => settle(http.POST('/api/chats/{chatId}/reopen', of(id))),
    call: (id) => settle(http.POST('/api/chats/{chatId}/call', of(id))),
    openMeeting: (id) => settle(http.POST('/api/chats/{chatId}/meeting', of(id))),
    closeMeeting: (id) => settle(http.DELETE('/api/chats/{chatId}/meeting', of(id))),
    setTags: (id, tags) => settle(http.PUT('/api/chats/{chatId}/tags', { ...of(id), body: { tags } })),
    markRead: (id, key) => settle(http.POST('/api/chats/{chatId}/read', { ...of(id), body: { key } })),
    newFile: (body) => settle(http.POST('/api/files', { body })),
    fileLink: ({ chatId, key }, fileId) =>
      settle(
        http.GET('/api/chats/{chatId}/files/{fileId}', {
          params: { path: { chatId, fileId }, query: { message: key } },
        }),
      ),
    tags: async () => (await settle(http.GET('/api/tags'))).tags,
    colleagues: async () => (await settle(http.GET('/api/colleagues'))).agents,
    canned: async () => (await settle(http.GET('/api/canned-messages'))).cannedMessages,
    createCanned: ({ version: _, ...body }) => settle(http.POST('/api/canned-messages', { body })),
    updateCanned: (id, body) => settle(http.PUT('/api/canned-messages/{id}', { ...entry(id), body })),
    deleteCanned: async (id) => {
      await settle(http.DELETE('/api/canned-messages/{id}', entry(id)));
    },
    setAside: async () => (await settle(http.GET('/api/set-aside'))).payloads,
    deleteSetAside: async (id) => {
      await settle(http.DELETE('/api/set-aside/{id}', entry(id)));
    },
  };
}
