import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { useTranslation } from 'react-i18next';
import type { Chat } from '../../api/chat-model';
import type { Agent } from '../../api/model';
import { useAgentNames, useChatDesk } from '../../chat/use-chats';
import { useDeskState } from '../../desk/desk-context';
import type { Obstacle } from './composer-obstacle';

/** Says why the agent can't write to the customer, and offers the way out where there is one. */
export function ObstacleNote({ obstacle, chat, me }: { obstacle: Obstacle; chat: Chat; me: Agent }) {
  const { t } = useTranslation();
  const nameOf = useAgentNames();
  const { actions } = useChatDesk();
  const pending = useDeskState((state) => state.pending.includes(`chat:${chat.id}`));
  const holder = nameOf(chat.agentId ?? '') || t('thread.colleague');
  const text = obstacle === 'notYours' ? t('obstacle.notYours', { name: holder }) : t(`obstacle.${obstacle}`);
  const way = {
    unassigned: { label: t('header.assignToMe'), go: () => actions.assign(chat.id, { agentId: me.id }) },
    notYours: { label: t('header.assignToMe'), go: () => actions.assign(chat.id, { agentId: me.id }) },
    resolved: { label: t('header.reopen'), go: () => actions.reopen(chat.id) },
    optedOut: undefined,
    windowClosed: undefined,
  }[obstacle];
  const action = way && (
    <Button disabled={pending} onClick={() => void way.go()}>
      {way.label}
    </Button>
  );
  return (
    <Alert type={obstacle === 'unassigned' || obstacle === 'notYours' ? 'info' : 'warning'} action={action}>
      {text}
    </Alert>
  );
}
