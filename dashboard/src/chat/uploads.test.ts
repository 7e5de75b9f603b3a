// @vitest-environment jsdom
import '../../test/dom';
import { beforeEach, expect, it, vi } from 'vitest';
import type { ChatApi } from '../api/chat-api';
import type { Put } from '../api/put-file';
import { createDrafts } from './drafts';
import { createUploads } from './uploads';

beforeEach(() => window.sessionStorage.clear());

const file = new File(['abc'], 'bill.pdf', { type: 'application/pdf' });

function setUp(put: Put) {
  const drafts = createDrafts('camille');
  const newFile = vi.fn(async () => ({ id: 'file-1', url: '/put', headers: {} }));
  const uploads = createUploads({ newFile } as unknown as ChatApi, drafts, put);
  return { drafts, uploads, newFile };
}

it('puts a file into the draft once it is uploaded, and tells how far it is', async () => {
  const seen: number[] = [];
  const { drafts, uploads, newFile } = setUp(async (_, __, onProgress) => {
    onProgress(0.5);
    seen.push(uploads.get()[0]?.progress ?? -1);
  });
  uploads.add('chat-1', [file]);
  await vi.waitFor(() => expect(uploads.get()).toEqual([]));
  expect(newFile).toHaveBeenCalledWith({ name: 'bill.pdf', type: 'application/pdf', bytes: 3 });
  expect(seen).toEqual([0.5]);
  expect(drafts.get('chat-1').files).toEqual([{ id: 'file-1', name: 'bill.pdf', type: 'application/pdf', bytes: 3 }]);
});

it('tries one again that failed, and gives up one that is removed', async () => {
  let broken = true;
  const { drafts, uploads } = setUp(async () => {
    if (broken) throw new Error('offline');
  });
  uploads.add('chat-1', [file]);
  await vi.waitFor(() => expect(uploads.get()[0]?.failed).toBe(true));
  broken = false;
  uploads.again(uploads.get()[0]?.key ?? 0);
  await vi.waitFor(() => expect(drafts.get('chat-1').files).toHaveLength(1));

  const never = setUp((_, __, ___, signal) => new Promise((__, reject) => signal?.addEventListener('abort', reject)));
  never.uploads.add('chat-2', [file]);
  await vi.waitFor(() => expect(never.newFile).toHaveBeenCalled());
  never.uploads.remove(never.uploads.get()[0]?.key ?? 0);
  expect(never.uploads.get()).toEqual([]);
  expect(never.drafts.get('chat-2').files).toEqual([]);
});
