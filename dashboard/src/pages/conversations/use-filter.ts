import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { ChatFilter, ChatView } from '../../chat/chat-selectors';

const views: readonly string[] = ['mine', 'unassigned', 'all', 'resolved'] satisfies ChatView[];

const isView = (text: string): text is ChatView => views.includes(text);

/** The filter, kept in the page's address: it survives a reload and can be sent to a colleague. */
export function useFilter(): [ChatFilter, (change: Partial<ChatFilter>) => void] {
  const [params, setParams] = useSearchParams();
  const filter = useMemo((): ChatFilter => {
    const of = (name: string) => params.get(name) ?? '';
    const view = of('view');
    return {
      view: isView(view) ? view : 'mine',
      channel: of('channel'),
      tag: of('tag'),
      queueId: of('queue'),
      search: of('search'),
    };
  }, [params]);
  const change = (part: Partial<ChatFilter>) => {
    const { view, channel, tag, queueId, search } = { ...filter, ...part };
    const set = Object.entries({ view, channel, tag, queue: queueId, search }).filter(([, value]) => value !== '');
    setParams(new URLSearchParams(set), { replace: true });
  };
  return [filter, change];
}
