import { expect, it } from 'vitest';
import { fileObstacle } from './attach';

const settings = { attachmentBytes: 1000, attachmentTypes: ['image/*', 'application/pdf'] };

it.each([
  ['a picture', 'image/png', 1000, undefined],
  ['a listed type', 'application/pdf', 1, undefined],
  ['an unlisted type', 'application/zip', 1, 'type'],
  ['a type that only begins like one', 'imagery/png', 1, 'type'],
  ['an unknown type', '', 1, 'type'],
  ['too large', 'image/png', 1001, 'size'],
  ['nothing in it', 'image/png', 0, 'empty'],
])('%s', (_, type, size, obstacle) => expect(fileObstacle({ type, size }, settings)).toBe(obstacle));

it('leaves to the server what no settings say', () => {
  expect(fileObstacle({ type: 'x/y', size: 1e9 }, { attachmentBytes: 0, attachmentTypes: [] })).toBeUndefined();
});
