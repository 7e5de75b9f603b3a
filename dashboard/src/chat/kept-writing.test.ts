// @vitest-environment jsdom
import '../../test/dom';
import { beforeEach, expect, it } from 'vitest';
import { createDrafts, emptyDraft } from './drafts';
import { createKeepsake, forgetKeepsakes } from './keepsake';

beforeEach(() => window.sessionStorage.clear());

it('keeps drafts by chat and by person, over a reload', () => {
  createDrafts('camille').set('chat-1', { ...emptyDraft, text: 'Hello' });
  expect(createDrafts('camille').get('chat-1').text).toBe('Hello');
  expect(createDrafts('camille').get('chat-2')).toBe(emptyDraft);
  expect(createDrafts('noor').get('chat-1')).toBe(emptyDraft);
});

it('drops a draft that is empty again', () => {
  const drafts = createDrafts('camille');
  drafts.set('chat-1', { ...emptyDraft, text: 'x' });
  drafts.set('chat-1', emptyDraft);
  expect(window.sessionStorage.getItem('guichet.chat.camille.drafts')).toBe('{}');
});

it('forgets everything at sign-out, and nothing that is not its own', () => {
  window.sessionStorage.setItem('guichet.user', 'x');
  createDrafts('camille').set('chat-1', { ...emptyDraft, text: 'x' });
  forgetKeepsakes();
  expect(Object.keys(window.sessionStorage)).toEqual(['guichet.user']);
});

it('works without a usable storage', () => {
  window.sessionStorage.setItem('guichet.chat.x', '{ half');
  const broken = {
    ...window.sessionStorage,
    getItem: () => '{ half',
    setItem: () => {
      throw new Error('full');
    },
  };
  const keepsake = createKeepsake('x', 1, broken as unknown as Storage);
  expect(keepsake.get()).toBe(1);
  keepsake.set(2);
  expect(keepsake.get()).toBe(2);
});
