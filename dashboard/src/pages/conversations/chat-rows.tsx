import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useCallback, useEffect, useId, useRef, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { Chat } from '../../api/chat-model';
import { ChatRow } from './chat-row';

/** Pixels; the style sheet gives every row this height. */
const ROW = 84;

interface Props {
  chats: Chat[];
  chatId: string;
  label: string;
}

/** A list box of conversations: arrows move, Enter opens. Only the rows in sight are in the document. */
export function ChatRows({ chats, chatId, label }: Props) {
  const navigate = useNavigate();
  const { search } = useLocation();
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const [active, setActive] = useState('');
  const rows = useVirtualizer({
    count: chats.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    getItemKey: (index) => chats[index]?.id ?? index,
    overscan: 6,
  });
  const at = chats.findIndex((chat) => chat.id === (active || chatId));
  const optionId = (chat: string) => `${id}-${chat}`;

  useEffect(() => setActive(chatId), [chatId]);

  const open = useCallback(
    (chat: Chat) => void navigate({ pathname: `/conversations/${chat.id}`, search }),
    [navigate, search],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const last = chats.length - 1;
    const to = { ArrowDown: Math.min(at + 1, last), ArrowUp: Math.max(at - 1, 0), Home: 0, End: last }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      setActive(chats[to]?.id ?? '');
      if (last >= 0) rows.scrollToIndex(to);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      const chat = chats[at];
      if (chat) open(chat);
    }
  };

  const drawn = rows.getVirtualItems();
  const activeShown = drawn.some(({ index }) => index === at);
  return (
    <div
      ref={box}
      className="chat-rows"
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={activeShown ? optionId(chats[at]?.id ?? '') : undefined}
      onKeyDown={onKeyDown}
    >
      <div className="chat-rows-whole" role="presentation" style={{ blockSize: rows.getTotalSize() }}>
        {drawn.map(({ index, start, key }) => {
          const chat = chats[index];
          if (!chat) return null;
          return (
            <ChatRow
              key={key}
              id={optionId(chat.id)}
              chat={chat}
              open={chat.id === chatId}
              active={index === at}
              position={index + 1}
              total={chats.length}
              top={start}
              onOpen={open}
            />
          );
        })}
      </div>
    </div>
  );
}
