/** A piece of a text: a web address when it has an href. */
export interface TextPart {
  text: string;
  href?: string;
}

const ADDRESS = /\bhttps?:\/\/[^\s<>"']+/gi;

/** A sentence may end, or a bracket close, right behind an address: that is not part of it. */
function trimmed(address: string): string {
  let text = address.replace(/[.,;:!?…»”’*_]+$/u, '');
  while (/[)\]}]$/.test(text) && !isBalanced(text)) text = text.slice(0, -1).replace(/[.,;:!?]+$/u, '');
  return text;
}

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

const isBalanced = (text: string): boolean => count(text, /[([{]/g) >= count(text, /[)\]}]/g);

/** What the browser makes of it, so that nothing but http and https is ever linked. */
function hrefOf(address: string): string | undefined {
  try {
    const { protocol, href } = new URL(address);
    return protocol === 'http:' || protocol === 'https:' ? href : undefined;
  } catch {
    return undefined;
  }
}

/** Finds the web addresses in a text. The pieces put together are the text. */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimmed(match[0]);
    const href = hrefOf(address);
    if (!href) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}
