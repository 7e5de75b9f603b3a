import { useEffect, useMemo, useState } from 'react';
import type { Chat } from '../../api/chat-model';
import type { Agent } from '../../api/model';
import { belongsTo, type ChatFilter, matchesFilter, matchesSearch } from '../../chat/chat-selectors';
import { moment } from '../../chat/moment';
import { useChatDesk, useChatState } from '../../chat/use-chats';

/** Milliseconds of rest in typing after which the server is asked. */
const TYPING_REST = 300;

interface Pages {
  chats: Chat[];
  cursor: string | undefined;
  phase: 'loading' | 'ready' | 'failed';
}

const nothing: Pages = { chats: [], cursor: undefined, phase: 'loading' };

/** Resolved conversations come from the server page by page; what patches bring meanwhile is newer and joins them. */
export function useResolved(me: Agent, filter: ChatFilter) {
  const { api } = useChatDesk();
  const { view, channel, tag, queueId, search } = filter;
  const active = view === 'resolved';
  const [pages, setPages] = useState(nothing);
  const [attempt, setAttempt] = useState(0);
  const asked = useMemo(
    () => Object.fromEntries(Object.entries({ channel, tag, queueId, search }).filter(([, value]) => value !== '')),
    [channel, tag, queueId, search],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    if (!active) return;
    let current = true;
    setPages((before) => ({ ...before, phase: 'loading' }));
    const timer = setTimeout(() => {
      api.resolved(asked).then(
        ({ chats, cursor }) => current && setPages({ chats, cursor, phase: 'ready' }),
        () => current && setPages((before) => ({ ...before, phase: 'failed' })),
      );
    }, TYPING_REST);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [api, active, asked, attempt]);

  const loadMore = async () => {
    const { cursor } = pages;
    if (!cursor || pages.phase === 'loading') return;
    setPages((before) => ({ ...before, phase: 'loading' }));
    try {
      const next = await api.resolved(asked, cursor);
      setPages((before) => ({ chats: [...before.chats, ...next.chats], cursor: next.cursor, phase: 'ready' }));
    } catch {
      setPages((before) => ({ ...before, phase: 'failed' }));
    }
  };

  const known = useChatState((state) => state.chats);
  const chats = useMemo(
    () => (active ? joinResolved(pages.chats, known, me, filter) : []),
    [active, pages.chats, known, me, filter],
  );
  return {
    chats,
    phase: pages.phase,
    more: pages.cursor !== undefined,
    loadMore,
    retry: () => setAttempt(attempt + 1),
  };
}

/** The newer of what the server listed and what is known; those reopened since are left out. */
function joinResolved(listed: Chat[], known: Readonly<Record<string, Chat>>, me: Agent, filter: ChatFilter): Chat[] {
  const joined = new Map(listed.map((chat) => [chat.id, chat]));
  for (const chat of Object.values(known)) {
    const before = joined.get(chat.id);
    const fits = belongsTo(chat, 'resolved', me) && matchesFilter(chat, filter) && matchesSearch(chat, filter.search);
    if (before ? chat.version > before.version : fits) joined.set(chat.id, chat);
  }
  return [...joined.values()]
    .filter(({ state }) => state === 'resolved')
    .sort((a, b) => moment(b.resolvedAt) - moment(a.resolvedAt));
}
