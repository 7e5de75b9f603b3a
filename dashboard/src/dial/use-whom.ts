import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useChatDesk, useChatState } from '../chat/use-chats';
import { useDesk, useDeskState } from '../desk/desk-context';
import {
  agentEntries,
  customerEntries,
  dialledEntries,
  findWhom,
  lineEntries,
  queueEntries,
  type WhomEntry,
} from './whom';

/** Milliseconds after which the colleagues' states are asked for again. */
const REFRESH = 5_000;

export interface Found {
  entries: WhomEntry[];
  /** The colleagues could not be fetched: those that are shown may be out of date, or missing. */
  failed: boolean;
  reload: () => void;
}

/** Who can be called with what is written: recent numbers, the colleagues' lines, customers. */
export function useWhomToCall(query: string): Found {
  const { dialled } = useDesk();
  const recent = useSyncExternalStore(dialled.subscribe, dialled.get);
  const { colleagues, ...rest } = useColleagues();
  const me = useDeskState((state) => state.me);
  const chats = useChatState((state) => state.chats);
  const all = useMemo(
    () => [...dialledEntries(recent), ...lineEntries(colleagues, me), ...customerEntries(Object.values(chats))],
    [recent, colleagues, me, chats],
  );
  return { entries: useMemo(() => findWhom(all, query), [all, query]), ...rest };
}

/** To whom a call can be passed: agents, queues; and numbers that fit what is written. */
export function useWhomToPass(query: string): Found {
  const { dialled } = useDesk();
  const recent = useSyncExternalStore(dialled.subscribe, dialled.get);
  const { colleagues, ...rest } = useColleagues();
  const me = useDeskState((state) => state.me);
  const queues = useDeskState((state) => state.queues);
  const chats = useChatState((state) => state.chats);
  const entries = useMemo(() => {
    const inside = [...agentEntries(colleagues, me), ...queueEntries(queues)];
    const numbers = [...dialledEntries(recent), ...customerEntries(Object.values(chats))];
    return findWhom(query.trim() === '' ? inside : [...inside, ...numbers], query);
  }, [recent, colleagues, me, queues, chats, query]);
  return { entries, ...rest };
}

/** The colleagues with their states, asked for again as long as somebody looks. */
function useColleagues() {
  const { actions } = useChatDesk();
  const colleagues = useChatState((state) => state.colleagues);
  const [failed, setFailed] = useState(false);
  const reload = useCallback(() => {
    void actions.loadColleagues().then((done) => setFailed(!done));
  }, [actions]);
  useEffect(() => {
    reload();
    const timer = setInterval(() => document.visibilityState === 'visible' && reload(), REFRESH);
    return () => clearInterval(timer);
  }, [reload]);
  return { colleagues: useMemo(() => Object.values(colleagues), [colleagues]), failed, reload };
}
