import { useTranslation } from 'react-i18next';
import type { CannedMessage } from '../../api/chat-model';
import { DeleteDialog as Dialog } from '../../app/delete-dialog';
import { useChatDesk } from '../../chat/use-chats';

/** Asks before a canned message is gone for good. */
export function DeleteDialog({ message, onDismiss }: { message: CannedMessage; onDismiss: () => void }) {
  const { t } = useTranslation();
  const { canned } = useChatDesk();
  return (
    <Dialog
      title={t('cannedPage.deleteTitle')}
      text={t('cannedPage.deleteText', { title: message.title })}
      confirm={t('cannedPage.confirmDelete')}
      cancel={t('cannedForm.cancel')}
      remove={async () => {
        await canned.remove(message.id);
        onDismiss();
      }}
      onDismiss={onDismiss}
    />
  );
}
