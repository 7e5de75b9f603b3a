import { useEffect, useState } from 'react';
import type { FileLink, MessagePlace } from '../../chat/file-links';
import { useChatDesk } from '../../chat/use-chats';

interface ShownFile {
  link: FileLink | undefined;
  failed: boolean;
  /** The browser could not load it: a new link may do, once. */
  broken: () => void;
  retry: () => void;
}

/** A short-lived link to a stored file, fetched when the file comes into sight. */
export function useFileLink({ chatId, key }: MessagePlace, fileId: string): ShownFile {
  const { links } = useChatDesk();
  const [link, setLink] = useState<FileLink>();
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    let current = true;
    links.get({ chatId, key }, fileId).then(
      (found) => current && setLink(found),
      () => current && setFailed(true),
    );
    return () => {
      current = false;
    };
  }, [links, chatId, key, fileId, attempt]);
  const again = () => {
    links.forget(fileId);
    setAttempt(attempt + 1);
  };
  return {
    link,
    failed,
    broken: () => (attempt === 0 ? again() : setFailed(true)),
    retry: () => {
      setFailed(false);
      again();
    },
  };
}
