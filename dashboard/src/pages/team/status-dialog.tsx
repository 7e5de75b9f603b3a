import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Modal from '@cloudscape-design/components/modal';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agent } from '../../api/model';
import { DOUBLE_CLICK } from '../../desk/desk-actions';
import { useDesk, useDeskState } from '../../desk/desk-context';
import { pauseReasonName } from '../../desk/pause-reason';
import { joined } from '../../desk/selectors';
import { useAgent, useQueueName } from '../../team/use-team';
import { changeFor, firstWish, mayWait, type Wish } from '../../team/wish';

interface Props {
  agent: Agent;
  onDismiss: () => void;
}

/** Gives an agent a status, in every queue or in one, and says what becomes of their call. */
export function StatusDialog({ agent: asked, onDismiss }: Props) {
  const { t } = useTranslation();
  const { actions } = useDesk();
  const agent = useAgent(asked.id) ?? asked;
  const [wish, setWish] = useState(() => firstWish(agent));
  const change = (part: Partial<Wish>) => setWish((before) => ({ ...before, ...part }));
  const leaves = wish.status === 'out';
  const [sending, setSending] = useState(false);
  const confirm = async () => {
    setSending(true);
    await Promise.all([actions.setStatusOf(agent, changeFor(agent, wish)), secondClick()]);
    onDismiss();
  };
  return (
    <Modal
      visible
      header={t('team.statusOf', { name: agent.name })}
      onDismiss={onDismiss}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onDismiss}>
              {t('team.cancel')}
            </Button>
            <Button variant="primary" disabled={!wish.status} loading={sending} onClick={() => void confirm()}>
              {leaves ? t('team.logOut') : t('team.setStatus')}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Where agent={agent} wish={wish} onChange={change} />
        {mayWait(agent, wish) && <When agent={agent} wish={wish} onChange={change} />}
        <Which agent={agent} wish={wish} onChange={change} />
        {leaves && <Leaving agent={agent} wish={wish} />}
      </SpaceBetween>
    </Modal>
  );
}

/** The second of two clicks must not meet what is behind the dialog. */
const secondClick = () => new Promise((resolve) => setTimeout(resolve, DOUBLE_CLICK));

interface PartProps {
  agent: Agent;
  wish: Wish;
  onChange: (part: Partial<Wish>) => void;
}

function Where({ agent, wish, onChange }: PartProps) {
  const { t } = useTranslation();
  const queues = useDeskState((state) => state.queues);
  const all = joined(agent).length > 0 ? t('team.joinedQueues') : t('team.allQueues');
  const options = [
    { value: '', label: all },
    ...agent.memberships.map(({ queueId }) => ({
      value: queueId,
      label: queues.find(({ id }) => id === queueId)?.name ?? queueId,
    })),
  ];
  return (
    <FormField label={t('team.where')} stretch>
      <Select
        selectedOption={options.find(({ value }) => value === wish.queueId) ?? null}
        options={options}
        onChange={({ detail }) => onChange({ queueId: detail.selectedOption.value ?? '', status: '' })}
      />
    </FormField>
  );
}

function When({ agent, wish, onChange }: PartProps) {
  const { t } = useTranslation();
  const after = agent.contactId ? t('status.afterCall') : t('status.afterWrapUp');
  return (
    <FormField label={t('team.when')}>
      <RadioGroup
        value={wish.later ? 'later' : 'now'}
        items={[
          { value: 'later', label: after },
          { value: 'now', label: t('status.atOnce') },
        ]}
        onChange={({ detail }) => onChange({ later: detail.value === 'later' })}
      />
    </FormField>
  );
}

function Which({ agent, wish, onChange }: PartProps) {
  const { t } = useTranslation();
  const pauseReasons = useDeskState((state) => state.pauseReasons);
  const there = agent.memberships.filter(({ queueId }) => !wish.queueId || wish.queueId === queueId);
  const isOut = there.every(({ status }) => status === 'out');
  return (
    <FormField label={t('team.status')}>
      <RadioGroup
        value={wish.status || null}
        items={[
          { value: 'ready', label: t('status.ready') },
          ...pauseReasons.map((reason) => ({
            value: `pause:${reason}`,
            label: t('status.paused', { reason: pauseReasonName(t, reason) }),
          })),
          { value: 'out', label: t('status.out'), disabled: isOut },
        ]}
        onChange={({ detail }) => onChange({ status: detail.value })}
      />
    </FormField>
  );
}

/** What it means that somebody is logged out by somebody else. */
function Leaving({ agent, wish }: Pick<PartProps, 'agent' | 'wish'>) {
  const { t } = useTranslation();
  const { name } = agent;
  const queue = useQueueName(wish.queueId);
  const later = wish.later && mayWait(agent, wish);
  return (
    <Alert type="warning">
      {wish.queueId ? t('team.logOutOne', { name, queue }) : t('team.logOutAll', { name })}{' '}
      {agent.contactId && !later && t('team.logOutCall')}
    </Alert>
  );
}
