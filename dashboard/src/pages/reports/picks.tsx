import FormField from '@cloudscape-design/components/form-field';
import Multiselect from '@cloudscape-design/components/multiselect';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk, useDeskState } from '../../desk/desk-context';
import { localeOf } from '../../i18n/locale';
import type { Group } from './report-figures';

interface Props {
  group: Exclude<Group, 'channel'>;
  ids: readonly string[];
  onChange: (ids: string[]) => void;
}

/** Which queues, agents or campaigns the report is of; none picked means all. */
export function Picks({ group, ids, onChange }: Props) {
  const { t } = useTranslation();
  const options = useOptions(group);
  const selected = ids.map((value) => options.find((option) => option.value === value) ?? { value, label: value });
  return (
    <FormField label={t('reports.which')}>
      <Multiselect
        selectedOptions={selected}
        options={options}
        filteringType="auto"
        tokenLimit={2}
        expandToViewport
        placeholder={t(`reports.all.${group}`)}
        empty={t('reports.noOption')}
        deselectAriaLabel={(option) => t('reports.unpick', { name: option.label ?? '' })}
        onChange={({ detail }) => onChange(detail.selectedOptions.flatMap(({ value }) => value ?? []))}
      />
    </FormField>
  );
}

function useOptions(group: Props['group']): { value: string; label: string }[] {
  const { i18n } = useTranslation();
  const { team } = useDesk();
  const queues = useDeskState((state) => state.queues);
  const agents = useDeskState((state) => state.agents);
  const ofAgents = group === 'agent';
  useEffect(() => (ofAgents ? team.watch() : undefined), [ofAgents, team]);
  return useMemo(() => {
    const named = ofAgents
      ? Object.values(agents)
      : queues.filter(({ kind }) => (kind === 'campaign') === (group === 'campaign'));
    const { compare } = new Intl.Collator(localeOf(i18n.language));
    return named.map(({ id, name }) => ({ value: id, label: name })).sort((a, b) => compare(a.label, b.label));
  }, [ofAgents, agents, queues, group, i18n.language]);
}
