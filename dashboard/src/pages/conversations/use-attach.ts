import { useTranslation } from 'react-i18next';
import { useChatDesk } from '../../chat/use-chats';
import { useDesk, useDeskState } from '../../desk/desk-context';
import { fileObstacle } from './attach';
import { useFileSize } from './use-file-size';

/** Attaches files to a chat's draft: those that are allowed. Returns what to say about the others. */
export function useAttach(chatId: string): (files: readonly File[]) => string[] {
  const { t } = useTranslation();
  const { uploads } = useChatDesk();
  const { store } = useDesk();
  const limit = useDeskState((state) => state.settings.attachmentBytes);
  const sizeOf = useFileSize();
  return (files) => {
    const settings = store.get().settings;
    const problems: string[] = [];
    const good = files.filter((file) => {
      const obstacle = fileObstacle(file, settings);
      if (obstacle) problems.push(t(`attach.${obstacle}`, { name: file.name, size: sizeOf(limit) }));
      return !obstacle;
    });
    uploads.add(chatId, good);
    return problems;
  };
}
