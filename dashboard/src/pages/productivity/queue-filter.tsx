import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { useTranslation } from 'react-i18next';
import { useDeskState } from '../../desk/desk-context';

interface Props {
  agentId: string;
  /** The queues of the calls that are shown. */
  known: readonly string[];
  value: string;
  onChange: (queueId: string) => void;
}

/** Of which queue the calls of queues are shown: the agent's, and those that the calls came from. */
export function QueueFilter({ agentId, known, value, onChange }: Props) {
  const { t } = useTranslation();
  const agent = useDeskState((state) => state.agents[agentId]);
  const queues = useDeskState((state) => state.queues);
  const ids = [...new Set([...(agent?.memberships ?? []).map(({ queueId }) => queueId), ...known])];
  const offered = ids
    .map((id) => ({ id, queue: queues.find((one) => one.id === id) }))
    .filter(({ queue }) => queue?.kind !== 'chat')
    .map(({ id, queue }) => ({ value: id, label: queue?.name ?? id }));
  const all = { value: '', label: t('productivity.allQueues') };
  const kept = { value, label: queues.find(({ id }) => id === value)?.name ?? value };
  const options = [all, ...offered];
  return (
    <FormField label={t('productivity.queueFilter')}>
      <div className="activity-queue">
        <Select
          selectedOption={options.find((option) => option.value === value) ?? kept}
          options={options}
          onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
        />
      </div>
    </FormField>
  );
}
