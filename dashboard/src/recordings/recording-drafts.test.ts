import { expect, it, vi } from 'vitest';
import { newDraft } from './recording-draft';
import { createRecordingDrafts } from './recording-drafts';

const sound = { file: new File([], 'message.wav'), seconds: 1 };

it('keeps one draft for each message, and one of a new message', () => {
  const drafts = createRecordingDrafts(new EventTarget() as Window);
  const changed = vi.fn();
  drafts.subscribe(changed);
  drafts.set({ ...newDraft, name: 'A' });
  drafts.set({ ...newDraft, id: 'rc_1', name: 'B' });
  drafts.set({ ...newDraft, name: 'C' });
  expect(drafts.get().map(({ name }) => name)).toEqual(['B', 'C']);
  expect(drafts.of('')?.name).toBe('C');
  drafts.drop('');
  expect(drafts.get().map(({ name }) => name)).toEqual(['B']);
  expect(changed).toHaveBeenCalledTimes(4);
});

it('lets the browser ask before the page is left, as long as a sound would be lost', () => {
  const page = new EventTarget();
  const drafts = createRecordingDrafts(page as Window);
  const asks = () => !page.dispatchEvent(new Event('beforeunload', { cancelable: true }));
  drafts.set({ ...newDraft, name: 'A' });
  expect(asks()).toBe(false);
  drafts.set({ ...newDraft, name: 'A', sound });
  expect([asks(), drafts.haveSound()]).toEqual([true, true]);
  drafts.drop('');
  expect(asks()).toBe(false);
  drafts.set({ ...newDraft, sound });
  drafts.clear();
  expect([asks(), drafts.haveSound()]).toEqual([false, false]);
});
