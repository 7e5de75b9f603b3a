import type { ChatApi } from '../api/chat-api';
import { type Put, putFile } from '../api/put-file';
import type { Drafts } from './drafts';

/** A file on its way to the server. */
export interface Upload {
  key: number;
  chatId: string;
  file: File;
  /** From 0 to 1. */
  progress: number;
  failed: boolean;
}

/** Uploads files into drafts; they go on while the agent looks at another conversation. */
export interface Uploads {
  get(): readonly Upload[];
  subscribe(listener: () => void): () => void;
  add(chatId: string, files: readonly File[]): void;
  again(key: number): void;
  remove(key: number): void;
}

export function createUploads(api: ChatApi, drafts: Drafts, put: Put = putFile): Uploads {
  let uploads: readonly Upload[] = [];
  let lastKey = 0;
  const running = new Map<number, AbortController>();
  const listeners = new Set<() => void>();
  const set = (next: readonly Upload[]) => {
    uploads = next;
    for (const listener of [...listeners]) listener();
  };
  const change = (key: number, part: Partial<Upload>) =>
    set(uploads.map((upload) => (upload.key === key ? { ...upload, ...part } : upload)));
  const drop = (key: number) => set(uploads.filter((upload) => upload.key !== key));

  async function start({ key, chatId, file }: Upload): Promise<void> {
    const control = new AbortController();
    running.set(key, control);
    const { name, type, size: bytes } = file;
    try {
      const ticket = await api.newFile({ name, type, bytes });
      await put(ticket, file, (progress) => change(key, { progress }), control.signal);
      if (control.signal.aborted) return;
      const draft = drafts.get(chatId);
      drafts.set(chatId, { ...draft, files: [...draft.files, { id: ticket.id, name, type, bytes }] });
      drop(key);
    } catch {
      if (!control.signal.aborted) change(key, { failed: true });
    } finally {
      running.delete(key);
    }
  }

  return {
    get: () => uploads,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(chatId, files) {
      const added = files.map((file): Upload => {
        lastKey += 1;
        return { key: lastKey, chatId, file, progress: 0, failed: false };
      });
      set([...uploads, ...added]);
      for (const upload of added) void start(upload);
    },
    again(key) {
      const upload = uploads.find((one) => one.key === key);
      if (!upload || running.has(key)) return;
      change(key, { failed: false, progress: 0 });
      void start(upload);
    },
    remove(key) {
      running.get(key)?.abort();
      drop(key);
    },
  };
}
