import { useEffect, useMemo, useState } from 'react';
import { useChatDesk, useChatState } from '../../chat/use-chats';

/** The tags in use: those that the server knows, and those of the chats at hand. */
export function useKnownTags(): string[] {
  const { api } = useChatDesk();
  const chats = useChatState((state) => state.chats);
  const [fetched, setFetched] = useState<string[]>([]);
  useEffect(() => {
    let current = true;
    api.tags().then(
      (tags) => current && setFetched(tags),
      () => {
        // Suggestions are a convenience: those of the chats at hand remain.
      },
    );
    return () => {
      current = false;
    };
  }, [api]);
  return useMemo(
    () =>
      [...new Set([...fetched, ...Object.values(chats).flatMap(({ tags }) => tags)])].sort((a, b) =>
        a.localeCompare(b),
      ),
    [fetched, chats],
  );
}
