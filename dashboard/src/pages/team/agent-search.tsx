import Select from '@cloudscape-design/components/select';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useTranslation } from 'react-i18next';
import { useDesk, useDeskState } from '../../desk/desk-context';
import { useDerived } from '../../desk/use-derived';
import { type DoingKind, doings } from '../../team/doing';
import { tallyAgents } from '../../team/tally';
import type { TeamQuery } from '../../team/team-list';

interface Props {
  query: TeamQuery;
  found: number;
  onChange: (change: Partial<TeamQuery>) => void;
}

/** Finds agents by name, by queue, and by what they do, of which it gives the numbers. */
export function AgentSearch({ query, found, onChange }: Props) {
  const { t } = useTranslation();
  const queues = useDeskState((state) => state.queues);
  const options = [
    { value: '', label: t('team.allQueues') },
    ...queues.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <div className="agent-search">
      <Kinds query={query} onChange={(kind) => onChange({ kind })} />
      <div className="agent-search-text">
        <TextFilter
          filteringText={query.text}
          filteringPlaceholder={t('team.find')}
          filteringAriaLabel={t('team.find')}
          countText={t('team.matches', { count: found })}
          onChange={({ detail }) => onChange({ text: detail.filteringText })}
        />
      </div>
      <div className="agent-search-queue">
        <Select
          selectedOption={options.find(({ value }) => value === query.queueId) ?? null}
          options={options}
          ariaLabel={t('team.ofQueue')}
          filteringType={options.length > 8 ? 'auto' : 'none'}
          onChange={({ detail }) => onChange({ queueId: detail.selectedOption.value ?? '' })}
        />
      </div>
    </div>
  );
}

/** How many of the queue's agents do what. Each number shows those agents alone. */
function Kinds({ query, onChange }: { query: TeamQuery; onChange: (kind: DoingKind | undefined) => void }) {
  const { t } = useTranslation();
  const { store } = useDesk();
  const tally = useDerived(store, (state) => tallyAgents(state, query.queueId));
  const all = Object.values(tally).reduce((sum, count) => sum + count, 0);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div className="kinds" role="group" aria-label={t('team.summary')}>
      <Kind text={t('team.kind.all')} count={all} pressed={!query.kind} onClick={() => onChange(undefined)} />
      {doings.map((kind) => (
        <Kind
          key={kind}
          text={t(`team.kind.${kind}`)}
          count={tally[kind]}
          pressed={query.kind === kind}
          onClick={() => onChange(query.kind === kind ? undefined : kind)}
        />
      ))}
    </div>
  );
}

interface KindProps {
  text: string;
  count: number;
  pressed: boolean;
  onClick: () => void;
}

function Kind({ text, count, pressed, onClick }: KindProps) {
  return (
    <button type="button" className="kind" aria-pressed={pressed} onClick={onClick}>
      <span>{text}</span> <b>{count}</b>
    </button>
  );
}
