import { describe, expect, it } from 'vitest';
import { parseLink } from './link';

const token = (ticket: unknown) => `${Buffer.from(JSON.stringify(ticket)).toString('base64url')}.c2lnbmF0dXJl`;

describe('parseLink', () => {
  it('reads whose link it is', () => {
    const host = token({ use: 'room', rom: 'rm_1', rol: 'host', nam: 'Zoé Ünal' });
    expect(parseLink(`#${host}`)).toEqual({ token: host, roomId: 'rm_1', role: 'host', name: 'Zoé Ünal' });
    const guest = token({ use: 'room', rom: 'rm_1', rol: 'guest' });
    expect(parseLink(`#${guest}`)).toEqual({ token: guest, roomId: 'rm_1', role: 'guest', name: '' });
  });

  it.each(['', '#', '#nonsense', '#.x', `#${token(null)}`, `#${token({})}`, `#${token({ rom: 7 })}`])(
    'refuses %s',
    (hash) => {
      expect(parseLink(hash)).toBeUndefined();
    },
  );
});
