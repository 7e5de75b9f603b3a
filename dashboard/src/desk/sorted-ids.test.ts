import { expect, it } from 'vitest';
import { createSortedIds } from './sorted-ids';

it('makes ids that sort by time, and by the order of making within one millisecond', () => {
  let now = 1_469_918_176_385;
  const next = createSortedIds('ms', () => now);
  const ids = [next(), next(), next()];
  now += 1;
  ids.push(next());
  now -= 5_000; // the clock is set back
  ids.push(next());
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(5);
  for (const id of ids) expect(id).toMatch(/^ms_[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
  expect(ids[0]).toMatch(/^ms_01ARYZ6S41/); // the example of https://github.com/ulid/spec
});
