import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Chat, Message } from '../../api/chat-model';
import { asMessage } from '../../chat/outgoing';
import { newThread } from '../../chat/thread-state';
import { useChatDesk, useChatState } from '../../chat/use-chats';
import { NewMessagesLog } from './new-messages-log';
import { ThreadLine } from './thread-line';
import { type ThreadRow, threadRows } from './thread-rows';
import { Writing } from './writing';

/** Pixels from either end that still count as being there. */
const NEAR = 80;
/** Pixels above the first line: what is said there about the lines before it. */
const TOP = 40;

/** What was said, oldest at the top. Only what is in sight is in the document. */
export function ThreadView({ chat }: { chat: Chat }) {
  const { t } = useTranslation();
  const thread = useChatState((state) => state.threads[chat.id] ?? newThread);
  const messages = useShownMessages(chat.id);
  const rows = useMemo(() => threadRows(messages), [messages]);
  const byId = useMemo(() => new Map(messages.map((message) => [message.id, message])), [messages]);
  const box = useRef<HTMLElement>(null);
  const lines = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => 64,
    getItemKey: (index) => rows[index]?.message.id ?? index,
    overscan: 8,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: NEAR,
    paddingStart: TOP,
    paddingEnd: 12,
  });
  const { atEnd, missed, jump } = useEnd(lines, box, messages);
  const today = new Date().toDateString();
  const loadsOlder = useOlder(chat.id, box, thread.older && thread.phase === 'ready');
  return (
    <div className="thread">
      <section
        ref={box}
        className="thread-scroll"
        aria-label={t('thread.region')}
        aria-busy={thread.phase === 'loading'}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys
        tabIndex={0}
      >
        <div className="thread-top">
          <ThreadTop phase={thread.phase} older={thread.older} loading={loadsOlder} empty={messages.length === 0} />
        </div>
        <ol className="thread-lines" style={{ blockSize: lines.getTotalSize() }}>
          {lines.getVirtualItems().map(({ key, index, start }) => {
            const row = rows[index];
            if (!row) return null;
            return (
              <li
                key={key}
                ref={lines.measureElement}
                data-index={index}
                aria-posinset={index + 1}
                aria-setsize={rows.length}
                style={{ transform: `translateY(${start}px)` }}
              >
                <ThreadLine {...row} chat={chat} quoted={quotedBy(row, byId)} today={today} />
              </li>
            );
          })}
        </ol>
      </section>
      {!atEnd && (
        <div className="thread-jump">
          <Button iconName="angle-down" onClick={jump}>
            {missed > 0 ? t('thread.newCount', { count: missed }) : t('thread.newest')}
          </Button>
        </div>
      )}
      <Writing chatId={chat.id} />
      <NewMessagesLog messages={thread.messages} ready={thread.phase === 'ready'} />
    </div>
  );
}

const quotedBy = ({ message }: ThreadRow, byId: ReadonlyMap<string, Message>): Message | undefined =>
  message.replyTo ? byId.get(message.replyTo) : undefined;

/** The messages that the server has, and below them those on their way to it. */
function useShownMessages(chatId: string): Message[] {
  const held = useChatState((state) => state.threads[chatId]?.messages ?? newThread.messages);
  const outgoing = useChatState((state) => state.outgoing);
  return useMemo(
    () => [...held, ...outgoing.filter((message) => message.chatId === chatId).map(asMessage)],
    [held, outgoing, chatId],
  );
}

type Lines = Virtualizer<HTMLElement, Element>;

/** Whether the newest message is in sight, how many came while it was not, and the way there. */
function useEnd(lines: Lines, box: RefObject<HTMLElement | null>, messages: readonly Message[]) {
  const [atEnd, setAtEnd] = useState(true);
  const [seen, setSeen] = useState('');
  const last = messages.at(-1);
  const started = useRef(false);

  useLayoutEffect(() => {
    if (started.current || messages.length === 0) return;
    started.current = true;
    lines.scrollToEnd();
  }, [lines, messages.length]);

  // What the agent writes is in sight at once, wherever they have scrolled to.
  const mine = last?.version === -1 ? last.id : '';
  useEffect(() => {
    if (mine) lines.scrollToEnd();
  }, [lines, mine]);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const note = () => setAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight <= NEAR);
    note();
    element.addEventListener('scroll', note, { passive: true });
    return () => element.removeEventListener('scroll', note);
  }, [box]);

  // The field below grows with what is in it: whoever is at the end stays there.
  useEffect(() => {
    const element = box.current;
    if (!element || !atEnd) return;
    const observer = new ResizeObserver(() => lines.scrollToEnd());
    observer.observe(element);
    return () => observer.disconnect();
  }, [box, lines, atEnd]);

  const key = last?.key ?? '';
  useEffect(() => {
    if (atEnd) setSeen(key);
  }, [atEnd, key]);
  const missed = useMemo(
    () => (atEnd ? 0 : messages.filter((message) => message.key > seen && message.kind !== 'event').length),
    [atEnd, messages, seen],
  );
  return { atEnd, missed, jump: () => lines.scrollToEnd() };
}

/** Fetches older messages when the reader comes near the top; tells whether it does. */
function useOlder(chatId: string, box: RefObject<HTMLElement | null>, older: boolean): boolean {
  const { sync } = useChatDesk();
  const [loading, setLoading] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element || !older) return;
    let current = true;
    let asked = false;
    const done = () => {
      asked = false;
      if (current) setLoading(false);
    };
    const note = () => {
      const scrolls = element.scrollHeight > element.clientHeight;
      if (asked || (scrolls && element.scrollTop > NEAR * 4)) return;
      asked = true;
      setLoading(true);
      void sync.older(chatId).finally(done);
    };
    element.addEventListener('scroll', note, { passive: true });
    return () => {
      current = false;
      setLoading(false); // the page that was the last one ends this before it is done
      element.removeEventListener('scroll', note);
    };
  }, [sync, chatId, box, older]);
  return loading;
}

interface TopProps {
  phase: 'loading' | 'ready' | 'failed';
  older: boolean;
  loading: boolean;
  empty: boolean;
}

function ThreadTop({ phase, older, loading, empty }: TopProps) {
  const { t } = useTranslation();
  if (phase === 'loading' && empty) return <StatusIndicator type="loading">{t('thread.loading')}</StatusIndicator>;
  if (phase === 'failed') return <StatusIndicator type="warning">{t('thread.failed')}</StatusIndicator>;
  if (loading) return <StatusIndicator type="loading">{t('thread.older')}</StatusIndicator>;
  return older ? null : <p className="thread-start">{t('thread.start')}</p>;
}
