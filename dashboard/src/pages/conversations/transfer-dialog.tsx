import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Modal from '@cloudscape-design/components/modal';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Select, { type SelectProps } from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Chat, Colleague } from '../../api/chat-model';
import type { Agent } from '../../api/model';
import { useChatDesk, useChatState } from '../../chat/use-chats';
import { useDeskState } from '../../desk/desk-context';

interface Props {
  chat: Chat;
  me: Agent;
  onDismiss: () => void;
}

/** Gives the conversation to a colleague, or to a queue, where whoever is free takes it. */
export function TransferDialog({ chat, me, onDismiss }: Props) {
  const { t } = useTranslation();
  const { actions } = useChatDesk();
  const pending = useDeskState((state) => state.pending.includes(`chat:${chat.id}`));
  const [kind, setKind] = useState<'agent' | 'queue'>('agent');
  const [chosen, setChosen] = useState<SelectProps.Option | null>(null);
  const { options, status, reload } = useTargets(kind, chat, me);
  const transfer = async () => {
    const id = chosen?.value;
    if (!id) return;
    const done = await actions.assign(chat.id, kind === 'agent' ? { agentId: id } : { queueId: id });
    if (done) onDismiss();
  };
  return (
    <Modal
      visible
      header={t('transfer.title')}
      onDismiss={onDismiss}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onDismiss}>
              {t('transfer.cancel')}
            </Button>
            <Button variant="primary" disabled={!chosen} loading={pending} onClick={() => void transfer()}>
              {t('transfer.confirm')}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <FormField label={t('transfer.kind')}>
          <RadioGroup
            value={kind}
            items={(['agent', 'queue'] as const).map((value) => ({ value, label: t(`transfer.${value}`) }))}
            onChange={({ detail }) => {
              setKind(detail.value === 'queue' ? 'queue' : 'agent');
              setChosen(null);
            }}
          />
        </FormField>
        <FormField label={t(`transfer.${kind}`)}>
          <Select
            options={options}
            selectedOption={chosen}
            placeholder={t('transfer.choose')}
            filteringType="auto"
            filteringAriaLabel={t('transfer.find')}
            statusType={status}
            empty={t('transfer.nobody')}
            loadingText={t('app.loading')}
            errorText={t('transfer.failed')}
            recoveryText={t('transfer.retry')}
            onLoadItems={({ detail }) => detail.samePage && reload()}
            onChange={({ detail }) => setChosen(detail.selectedOption)}
          />
        </FormField>
      </SpaceBetween>
    </Modal>
  );
}

/** Who may get the conversation. Colleagues come with their presence and load, asked for when the dialog opens. */
function useTargets(kind: 'agent' | 'queue', chat: Chat, me: Agent) {
  const { t } = useTranslation();
  const { actions } = useChatDesk();
  const queues = useDeskState((state) => state.queues);
  const colleagues = useChatState((state) => state.colleagues);
  const [status, setStatus] = useState<'loading' | 'finished' | 'error'>('loading');
  const reload = useMemo(
    () => () => {
      setStatus('loading');
      void actions.loadColleagues().then((done) => setStatus(done ? 'finished' : 'error'));
    },
    [actions],
  );
  useEffect(reload, [reload]);

  const options = useMemo((): SelectProps.Option[] => {
    if (kind === 'queue') {
      return queues.filter((queue) => queue.kind === 'chat').map(({ id, name }) => ({ value: id, label: name }));
    }
    const others = Object.values(colleagues).filter(({ id }) => id !== me.id && id !== chat.agentId);
    return others.sort(byPresence).map(({ id, name, online, chats }) => ({
      value: id,
      label: name,
      description: [t(online ? 'team.online' : 'team.offline'), t('transfer.load', { count: chats })].join(' · '),
    }));
  }, [kind, queues, colleagues, me.id, chat.agentId, t]);
  return { options, status: kind === 'queue' ? ('finished' as const) : status, reload };
}

/** Those present come first, the least loaded of them before the others. */
const byPresence = (a: Colleague, b: Colleague): number =>
  Number(b.online) - Number(a.online) || a.chats - b.chats || a.name.localeCompare(b.name);
