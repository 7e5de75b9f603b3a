import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import type { StatusChange } from '../../api/client';
import type { Agent } from '../../api/model';
import { useDesk } from '../../desk/desk-context';
import { useAgent, useDoing, useQueueName } from '../../team/use-team';

interface Props {
  agent: Agent;
  change: StatusChange;
  onDismiss: () => void;
}

/** Asks before an agent is logged out, and says what becomes of their call. */
export function LogOutDialog({ agent, change, onDismiss }: Props) {
  const { t } = useTranslation();
  const { actions } = useDesk();
  const { name } = agent;
  const queue = useQueueName(change.queues?.[0] ?? '');
  const { kind } = useDoing(useAgent(agent.id) ?? agent, '');
  const confirm = () => {
    void actions.setStatusOf(agent, change);
    onDismiss();
  };
  return (
    <Modal
      visible
      header={t('team.logOutTitle', { name })}
      onDismiss={onDismiss}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onDismiss}>
              {t('team.cancel')}
            </Button>
            <Button variant="primary" onClick={confirm}>
              {t('team.logOutConfirm')}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        <span>{t(change.later ? 'team.logOutLater' : 'team.logOutAtOnce')}</span>
        {kind === 'call' && !change.later && <b>{t('team.logOutCall')}</b>}
        <span>{change.queues ? t('team.logOutOne', { name, queue }) : t('team.logOutAll', { name })}</span>
      </SpaceBetween>
    </Modal>
  );
}
