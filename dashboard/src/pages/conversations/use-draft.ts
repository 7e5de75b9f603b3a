import { useSyncExternalStore } from 'react';
import type { Draft } from '../../chat/drafts';
import type { Upload } from '../../chat/uploads';
import { useChatDesk } from '../../chat/use-chats';

/** What is being written in a chat, and how to change it. */
export function useDraft(chatId: string): [Draft, (change: Partial<Draft>) => void] {
  const { drafts } = useChatDesk();
  const draft = useSyncExternalStore(drafts.subscribe, () => drafts.get(chatId));
  return [draft, (change) => drafts.set(chatId, { ...drafts.get(chatId), ...change })];
}

/** The files on their way into the draft. */
export function useUploads(chatId: string): Upload[] {
  const { uploads } = useChatDesk();
  return useSyncExternalStore(uploads.subscribe, uploads.get).filter((upload) => upload.chatId === chatId);
}
