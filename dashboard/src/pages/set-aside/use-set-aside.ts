import { useCallback, useEffect, useState } from 'react';
import type { SetAside } from '../../api/chat-model';
import { useChatDesk } from '../../chat/use-chats';

/** The payloads that were set aside, fetched when the page opens. */
export function useSetAside() {
  const { api } = useChatDesk();
  const [payloads, setPayloads] = useState<SetAside[]>([]);
  const [phase, setPhase] = useState<'loading' | 'ready' | 'failed'>('loading');
  const load = useCallback(() => {
    setPhase('loading');
    api.setAside().then(
      (found) => {
        setPayloads(found);
        setPhase('ready');
      },
      () => setPhase('failed'),
    );
  }, [api]);
  useEffect(load, [load]);
  const remove = async (id: string) => {
    try {
      await api.deleteSetAside(id);
      setPayloads((before) => before.filter((one) => one.id !== id));
    } catch {
      setPhase('failed');
    }
  };
  return { payloads, phase, load, remove };
}
