import { describe, expect, it } from 'vitest';
import { type Address, addressOf, hrefOf, searchOf } from './address';

describe('the address', () => {
  it.each<[string, Address]>([
    ['', { tab: 'day' }],
    ['tab=week', { tab: 'week' }],
    ['agent=camille&day=2026-11-24', { tab: 'day', agent: 'camille', day: '2026-11-24' }],
    ['tab=week&agent=o%27neil+%26+co&week=2026-11-23', { tab: 'week', agent: "o'neil & co", week: '2026-11-23' }],
    ['day=2026-11-24&compare=2026-11-17', { tab: 'day', day: '2026-11-24', compare: '2026-11-17' }],
  ])('“%s” says what is shown, and the other way round', (search, address) => {
    expect(addressOf(new URLSearchParams(search))).toEqual(address);
    expect(addressOf(searchOf(address))).toEqual(address);
    expect(addressOf(new URL(hrefOf(address), 'http://localhost').searchParams)).toEqual(address);
  });

  it('that makes no sense is as if it said nothing', () => {
    expect(addressOf(new URLSearchParams('tab=year&day=tomorrow&week=2026-02-30&agent='))).toEqual({ tab: 'day' });
  });
});
