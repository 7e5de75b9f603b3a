import fc from 'fast-check';
import { expect, it } from 'vitest';
import { linkify } from './linkify';

const links = (text: string) => linkify(text).flatMap(({ href }) => href ?? []);

it.each([
  ['no address', 'call me at 10:30', []],
  ['one', 'see https://example.com/a?b=c#d', ['https://example.com/a?b=c#d']],
  ['the end of a sentence', 'It is at http://example.com/shop.', ['http://example.com/shop']],
  ['brackets around', '(https://example.com/x)', ['https://example.com/x']],
  ['brackets within', 'https://example.com/a_(b)', ['https://example.com/a_(b)']],
  ['two', 'https://a.example, https://b.example!', ['https://a.example/', 'https://b.example/']],
  ['other schemes', 'javascript:alert(1) data:text/html,x ftp://example.com', []],
  [
    'a scheme within an address',
    'https://example.com/?u=javascript:alert(1)',
    ['https://example.com/?u=javascript:alert(1)'],
  ],
  ['markup', '<a href="https://example.com">x</a>', ['https://example.com/']],
  ['half an address', 'https:// and http://', []],
])('%s', (_, text, expected) => expect(links(text)).toEqual(expected));

it('loses no character, and links nothing but the web', () => {
  const piece = fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom(' ', '.', ')', 'https://', '\n'));
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('');
      expect(
        linkify(text)
          .map((part) => part.text)
          .join(''),
      ).toBe(text);
      for (const href of links(text)) expect(href).toMatch(/^https?:\/\//);
    }),
    { numRuns: 50 },
  );
});
