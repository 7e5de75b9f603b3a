import { expect, it, vi } from 'vitest';
import type { Recording } from '../api/model';
import { Problem } from '../api/problem';
import type { Put } from '../api/put-file';
import type { RecordingApi } from '../api/recording-api';
import { draftOf, newDraft } from './recording-draft';
import { createRecordings } from './recordings';

const recording = (change: Partial<Recording> = {}): Recording => ({
  id: 'rc_1',
  name: 'Hours',
  tags: [],
  seconds: 12,
  archived: false,
  at: '2026-11-22T09:00:00.000Z',
  version: 1,
  ...change,
});
const file = new File(['abc'], 'message.wav', { type: 'audio/wav' });
const draft = { ...newDraft, name: ' Hours ', tags: ['shop'], sound: { file, seconds: 3 } };

function setUp(api: Partial<RecordingApi>, put: Put = async () => undefined) {
  const newFile = vi.fn(async () => ({ id: 'fl_1', url: '/put', headers: {} }));
  return { newFile, recordings: createRecordings({ newFile, ...api } as RecordingApi, put) };
}

it('uploads the sound, tells how far it is, and creates the message', async () => {
  const create = vi.fn(async () => recording());
  const { recordings, newFile } = setUp({ create }, async (_, __, onProgress) => onProgress(0.5));
  const seen: number[] = [];
  await recordings.save(draft, (part) => seen.push(part));
  expect(newFile).toHaveBeenCalledWith({ name: 'message.wav', type: 'audio/wav', bytes: 3 });
  expect(create).toHaveBeenCalledWith({ name: 'Hours', tags: ['shop'], fileId: 'fl_1' });
  expect(seen).toEqual([0.5]);
  expect(recordings.get().recordings).toEqual([recording()]);
});

it('tries again without another upload when only the saving failed', async () => {
  const create = vi.fn<RecordingApi['create']>().mockRejectedValueOnce(new Problem(503, '', ''));
  create.mockResolvedValue(recording());
  const { recordings, newFile } = setUp({ create });
  await expect(recordings.save(draft)).rejects.toMatchObject({ status: 503 });
  await recordings.save(draft);
  expect(newFile).toHaveBeenCalledOnce();
  expect(create).toHaveBeenCalledTimes(2);
});

it('says that it was the upload that failed, and uploads when tried again', async () => {
  let broken = true;
  const create = vi.fn(async () => recording());
  const { recordings } = setUp({ create }, async () => {
    if (broken) throw new Error('offline');
  });
  await expect(recordings.save(draft)).rejects.toMatchObject({ slug: 'upload-failed' });
  expect(create).not.toHaveBeenCalled();
  broken = false;
  await recordings.save(draft);
  expect(create).toHaveBeenCalledOnce();
});

it('changes one with the version that was edited, and leaves its sound alone unless there is another', async () => {
  const update = vi.fn(async () => recording({ archived: true, version: 4 }));
  const { recordings, newFile } = setUp({ update });
  await recordings.save({ ...draftOf(recording({ version: 3 })), archived: true });
  expect(update).toHaveBeenCalledWith('rc_1', { name: 'Hours', tags: [], archived: true, version: 3 });
  expect(newFile).not.toHaveBeenCalled();
  expect(recordings.get().recordings).toEqual([recording({ archived: true, version: 4 })]);
});

it('does not let a list that is older than a change undo it', async () => {
  let answer: (list: Recording[]) => void = () => undefined;
  const list = vi.fn(() => new Promise<Recording[]>((resolve) => (answer = resolve)));
  const { recordings } = setUp({ list, remove: async () => undefined });
  const loaded = recordings.load();
  await recordings.remove('rc_1');
  answer([recording()]);
  await vi.waitFor(() => expect(list).toHaveBeenCalledTimes(2));
  answer([]);
  await loaded;
  expect(recordings.get()).toEqual({ recordings: [], phase: 'ready' });
});

it('keeps what it has when the list can’t be fetched', async () => {
  const list = vi.fn<RecordingApi['list']>().mockResolvedValueOnce([recording()]);
  list.mockRejectedValue(new Problem(503, '', ''));
  const { recordings } = setUp({ list });
  await Promise.all([recordings.load(), recordings.load()]);
  expect(list).toHaveBeenCalledOnce();
  await recordings.load();
  expect(recordings.get()).toEqual({ recordings: [recording()], phase: 'failed' });
});
