import { type KeyboardEvent, type RefObject, useEffect, useId, useState, useSyncExternalStore } from 'react';
import type { CannedMessage } from '../../api/chat-model';
import { type CannedState, findCanned } from '../../chat/canned';
import type { Draft } from '../../chat/drafts';
import { useChatDesk } from '../../chat/use-chats';
import { useDeskState } from '../../desk/desk-context';
import { insertCanned, type SlashToken, slashToken, withoutToken } from './insert-canned';

interface Ports {
  draft: Draft;
  change: (change: Partial<Draft>) => void;
  /** Holds the text field. */
  frame: RefObject<HTMLElement | null>;
  enabled: boolean;
}

export interface CannedPicker {
  shown: boolean;
  items: CannedMessage[];
  active: number;
  listId: string;
  phase: CannedState['phase'];
  /** A second canned message was not inserted. */
  refused: boolean;
  pick: (item: CannedMessage) => void;
  open: () => void;
  /** The text has changed. */
  typed: () => void;
  fieldAttributes: object;
}

const SHOWN = 8;

/** Choosing a canned message by a slash in the text, or by the icon, which writes that slash. */
export function useCannedPicker({ draft, change, frame, enabled }: Ports): CannedPicker {
  const { canned } = useChatDesk();
  const me = useDeskState((state) => state.me);
  const { messages, phase } = useSyncExternalStore(canned.subscribe, canned.get);
  const [token, setToken] = useState<SlashToken>();
  const [chosen, setChosen] = useState(0);
  const [refused, setRefused] = useState(false);
  const listId = useId();
  const shown = enabled && token !== undefined;
  const items = shown ? findCanned(messages, token.query, me).slice(0, SHOWN) : [];
  const active = Math.min(chosen, items.length - 1);

  useEffect(() => {
    if (shown) canned.load();
  }, [shown, canned]);

  const field = () => frame.current?.querySelector('textarea') ?? undefined;
  const place = (caret: number) => requestAnimationFrame(() => field()?.setSelectionRange(caret, caret));
  const show = (next: SlashToken | undefined) => {
    setToken(next);
    setChosen(0);
  };

  const pick = (item: CannedMessage) => {
    if (!token) return;
    show(undefined);
    const insertion = insertCanned(draft, token, item);
    if (insertion === 'refused') {
      setRefused(true);
      change({ text: withoutToken(draft.text, token) });
      return;
    }
    change({ text: insertion.text, canned: insertion.canned });
    field()?.focus();
    place(insertion.caret);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (!shown || event.nativeEvent.isComposing) return;
    const item = items[active];
    if (event.key === 'ArrowDown') setChosen((active + 1) % Math.max(1, items.length));
    else if (event.key === 'ArrowUp') setChosen((active - 1 + items.length) % Math.max(1, items.length));
    else if ((event.key === 'Enter' || event.key === 'Tab') && item && !event.shiftKey) pick(item);
    else if (event.key === 'Escape') show(undefined);
    else return;
    event.preventDefault();
  };

  return {
    shown,
    items,
    active,
    listId,
    phase,
    refused,
    pick,
    open() {
      const caret = field()?.selectionStart ?? draft.text.length;
      const [head, tail] = [draft.text.slice(0, caret), draft.text.slice(caret)];
      const slash = head === '' || /\s$/.test(head) ? '/' : ' /';
      const end = caret + slash.length;
      change({ text: head + slash + tail });
      setRefused(false);
      show({ start: end - 1, end, query: '' });
      place(end);
    },
    typed() {
      const area = field();
      setRefused(false);
      show(area && enabled ? slashToken(area.value, area.selectionStart) : undefined);
    },
    fieldAttributes: {
      onKeyDown,
      'aria-autocomplete': 'list',
      ...(shown && items.length > 0 ? { 'aria-controls': listId, 'aria-activedescendant': `${listId}-${active}` } : {}),
    },
  };
}
