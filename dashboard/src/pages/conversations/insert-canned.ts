import type { CannedMessage } from '../../api/chat-model';
import type { Draft } from '../../chat/drafts';

/** A slash and what follows it, right before the caret: the way to call a canned message while typing. */
export interface SlashToken {
  start: number;
  end: number;
  query: string;
}

export function slashToken(text: string, caret: number): SlashToken | undefined {
  const match = /(?:^|\s)\/([\p{L}\p{N}_-]*)$/u.exec(text.slice(0, caret));
  if (!match) return undefined;
  const query = match[1] ?? '';
  return { start: caret - query.length - 1, end: caret, query };
}

export type Insertion = { text: string; caret: number; canned: NonNullable<Draft['canned']> };

/**
 * Puts a canned message where the slash is. There is one at a time: one inserted before is replaced as long as it stands
 * there unchanged; changed, it is the agent's own text, and the second one is refused.
 */
export function insertCanned(draft: Draft, token: SlashToken, item: CannedMessage): Insertion | 'refused' {
  const { text, canned: before } = draft;
  const [head, tail] = [text.slice(0, token.start), text.slice(token.end)];
  const canned = { id: item.id, text: item.text };
  if (!before || (head + tail).trim() === '') {
    return { text: head + item.text + tail, caret: head.length + item.text.length, canned };
  }
  const rest = (head.trimEnd() + tail).trim();
  const at = rest.indexOf(before.text);
  if (at < 0) return 'refused';
  const replaced = rest.slice(0, at) + item.text + rest.slice(at + before.text.length);
  return { text: replaced, caret: at + item.text.length, canned };
}

/** The text without the slash and what follows it. */
export const withoutToken = (text: string, token: SlashToken): string =>
  text.slice(0, token.start).trimEnd() + text.slice(token.end);
