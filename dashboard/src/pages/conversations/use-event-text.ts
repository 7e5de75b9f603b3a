import { useTranslation } from 'react-i18next';
import type { ChatEvent, Message } from '../../api/chat-model';
import { useAgentNames } from '../../chat/use-chats';
import { useDeskState } from '../../desk/desk-context';

/** Says what happened to a conversation, and who did it where somebody did. */
export function useEventText(): (message: Message) => string {
  const { t } = useTranslation();
  const me = useDeskState((state) => state.me);
  const queues = useDeskState((state) => state.queues);
  const agents = useAgentNames();
  const nameOf = (id: string) => (id === me ? t('event.you') : agents(id) || t('event.someone'));

  const assigned = ({ by, agentId = '' }: ChatEvent): string => {
    const name = nameOf(agentId);
    if (!by) return t('event.assigned', { name });
    return by === agentId ? t('event.assignedSelf', { name }) : t('event.assignedBy', { by: nameOf(by), name });
  };

  return ({ event }) => {
    if (!event) return '';
    const { kind, queueId } = event;
    const by = event.by ? nameOf(event.by) : '';
    const queue = queues.find(({ id }) => id === queueId)?.name ?? '';
    switch (kind) {
      case 'assigned':
        return assigned(event);
      case 'transferred':
        return by ? t('event.transferredBy', { by, queue }) : t('event.transferred', { queue });
      case 'optedOut':
      case 'optedIn':
        return t(`event.${kind}`);
      default:
        return by ? t(`event.${kind}By`, { by }) : t(`event.${kind}`);
    }
  };
}
