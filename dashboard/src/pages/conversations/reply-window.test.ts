import { expect, it } from 'vitest';
import { sampleChat } from '../../../test/samples';
import { replyWindow, spanOf } from './reply-window';

const now = Date.parse('2026-11-22T12:00:00.000Z');
const at = (standardUntil: string, humanUntil: string) =>
  replyWindow(sampleChat({ window: { standardUntil, humanUntil } }), now);

it('is open, then for people only, then closed', () => {
  expect(replyWindow(sampleChat(), now)).toEqual({ stage: 'none' });
  expect(at('2026-11-22T12:01:00Z', '2026-11-28T12:00:00Z')).toEqual({ stage: 'standard', left: 60 });
  expect(at('2026-11-22T12:00:00Z', '2026-11-22T13:00:00Z')).toEqual({ stage: 'human', left: 3600 });
  expect(at('2026-11-21T12:00:00Z', '2026-11-22T12:00:00Z')).toEqual({ stage: 'closed' });
});

it.each([
  [20, 'minutes', 1],
  [59 * 60 + 59, 'minutes', 59],
  [3600, 'hours', 1],
  [86_399, 'hours', 23],
  [86_400 * 1.5, 'hours', 36],
  [86_400 * 6.9, 'days', 6],
])('%d seconds are told in %s', (seconds, unit, count) => {
  expect(spanOf(seconds)).toEqual({ unit, count });
});
