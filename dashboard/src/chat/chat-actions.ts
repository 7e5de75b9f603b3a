import type { ChatApi } from '../api/chat-api';
import type { Chat, Message } from '../api/chat-model';
import type { DeskStore } from '../desk/desk-store';
import { errorKeyOf } from '../desk/failure';
import type { ChatStore } from './chat-store';

/** What an agent can do with a conversation. None of these rejects: each tells whether it was done, and a failure becomes a notice. */
export interface ChatActions {
  assign(chatId: string, to: { agentId: string } | { queueId: string }): Promise<boolean>;
  resolve(chatId: string): Promise<boolean>;
  reopen(chatId: string): Promise<boolean>;
  /** Calls the customer; the conversation stays beside the call. */
  call(chatId: string): Promise<boolean>;
  /** Opens the chat's meeting room, and gives the agent's way in; the customer gets theirs in the conversation. */
  openMeeting(chatId: string): Promise<string | undefined>;
  closeMeeting(chatId: string): Promise<boolean>;
  setTags(chatId: string, tags: string[]): Promise<boolean>;
  /** Tries a message again that failed, or whose sending nobody confirmed. */
  retry(message: Message): Promise<boolean>;
  markRead(chatId: string, key: string): Promise<void>;
  loadColleagues(): Promise<boolean>;
}

export function createChatActions(api: ChatApi, store: ChatStore, desk: DeskStore, resync: () => void): ChatActions {
  /** One request at a time for each chat; whatever it failed on, what is fetched then shows how things stand. */
  async function act(id: string, request: () => Promise<{ chats?: Chat[]; messages?: Message[] }>): Promise<boolean> {
    const action = `chat:${id}` as const;
    if (desk.get().pending.includes(action)) return false;
    desk.dispatch({ type: 'action-started', action });
    desk.dispatch({ type: 'notice-dismissed', id: action });
    try {
      store.dispatch({ type: 'patch', ...(await request()) });
      return true;
    } catch (error) {
      desk.dispatch({ type: 'notice', notice: { id: action, message: errorKeyOf(error) } });
      resync();
      return false;
    } finally {
      desk.dispatch({ type: 'action-settled', action });
    }
  }

  const one = async (chat: Promise<Chat>) => ({ chats: [await chat] });
  return {
    assign: (chatId, to) => act(chatId, () => one(api.assign(chatId, to))),
    resolve: (chatId) => act(chatId, () => one(api.resolve(chatId))),
    reopen: (chatId) => act(chatId, () => one(api.reopen(chatId))),
    call: (chatId) =>
      act(`${chatId}:call`, async () => {
        desk.dispatch({ type: 'patch', patch: { contacts: [await api.call(chatId)] } });
        resync(); // the agent's own record names the call
        return {};
      }),
    async openMeeting(chatId) {
      let url: string | undefined;
      await act(`${chatId}:meeting`, async () => {
        url = (await api.openMeeting(chatId)).url;
        return {};
      });
      return url;
    },
    closeMeeting: (chatId) => act(`${chatId}:meeting`, () => one(api.closeMeeting(chatId))),
    setTags: (chatId, tags) => act(`${chatId}:tags`, () => one(api.setTags(chatId, tags))),
    retry: (message) => act(message.id, async () => ({ messages: [await api.retry(message.chatId, message.key)] })),
    async markRead(chatId, key) {
      try {
        store.dispatch({ type: 'patch', chats: [await api.markRead(chatId, key)] });
      } catch {
        // The next look at the thread marks it again.
      }
    },
    async loadColleagues() {
      try {
        store.dispatch({ type: 'colleagues', colleagues: await api.colleagues() });
        return true;
      } catch {
        return false;
      }
    },
  };
}
