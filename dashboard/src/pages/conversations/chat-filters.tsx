import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agent } from '../../api/model';
import { channelName } from '../../chat/channel-bubble';
import { type ChatFilter, type ChatView, countsOf } from '../../chat/chat-selectors';
import { useChatState } from '../../chat/use-chats';
import { useDeskState } from '../../desk/desk-context';
import { supervises } from '../../desk/supervises';
import { useKnownTags } from './use-known-tags';

interface Props {
  me: Agent;
  filter: ChatFilter;
  onChange: (change: Partial<ChatFilter>) => void;
}

/** Which list, what to search, and the filters, which are out of sight until they are wanted. */
export function ChatFilters({ me, filter, onChange }: Props) {
  const { t } = useTranslation();
  const set = [filter.channel, filter.tag, filter.queueId].filter((value) => value !== '').length;
  const [expanded, setExpanded] = useState(set > 0);
  const [search, setSearch] = useState(filter.search);
  useEffect(() => setSearch(filter.search), [filter.search]);
  const placeholder = t(filter.view === 'resolved' ? 'conversations.searchResolved' : 'conversations.search');
  return (
    <div className="chat-filters">
      <Views me={me} view={filter.view} onChange={(view) => onChange({ view })} />
      <div className="chat-search">
        <Input
          type="search"
          value={search}
          placeholder={placeholder}
          ariaLabel={placeholder}
          onChange={({ detail }) => {
            setSearch(detail.value);
            onChange({ search: detail.value });
          }}
        />
        <Button
          iconName="filter"
          variant={set > 0 ? 'normal' : 'icon'}
          ariaLabel={set > 0 ? t('conversations.filtersSet', { number: set }) : t('conversations.filters')}
          ariaExpanded={expanded}
          onClick={() => setExpanded(!expanded)}
        >
          {set > 0 ? String(set) : undefined}
        </Button>
      </div>
      {expanded && <MoreFilters filter={filter} onChange={onChange} set={set} />}
    </div>
  );
}

function Views({ me, view, onChange }: { me: Agent; view: ChatView; onChange: (view: ChatView) => void }) {
  const { t } = useTranslation();
  const chats = useChatState((state) => state.chats);
  const counts = useMemo(() => countsOf(chats, me), [chats, me]);
  const views: ChatView[] = supervises(me)
    ? ['mine', 'unassigned', 'all', 'resolved']
    : ['mine', 'unassigned', 'resolved'];
  return (
    <div className="pills">
      {views.map((one) => (
        <button key={one} type="button" aria-pressed={one === view} onClick={() => onChange(one)}>
          {one === 'resolved'
            ? t('conversations.resolved')
            : t('conversations.count', { name: t(`conversations.${one}`), number: counts[one] })}
        </button>
      ))}
    </div>
  );
}

const channels = ['sms', 'webchat', 'messenger', 'instagram'];

function MoreFilters({ filter, onChange, set }: Omit<Props, 'me'> & { set: number }) {
  const { t } = useTranslation();
  const queues = useDeskState((state) => state.queues);
  const tags = useKnownTags();
  const choices = [
    {
      name: 'channel' as const,
      label: t('conversations.channel'),
      options: channels.map((value) => ({ value, label: channelName(t, value) })),
    },
    {
      name: 'queueId' as const,
      label: t('conversations.queue'),
      options: queues.filter(({ kind }) => kind === 'chat').map(({ id, name }) => ({ value: id, label: name })),
    },
    { name: 'tag' as const, label: t('conversations.tag'), options: tags.map((value) => ({ value, label: value })) },
  ];
  return (
    <div className="chat-filter-fields">
      {choices.map(({ name, label, options }) => {
        const all = [{ value: '', label: t('conversations.any') }, ...options];
        return (
          <FormField key={name} label={label} stretch>
            <Select
              options={all}
              filteringAriaLabel={label}
              filteringType={all.length > 10 ? 'auto' : 'none'}
              selectedOption={
                all.find(({ value }) => value === filter[name]) ?? { value: filter[name], label: filter[name] }
              }
              onChange={({ detail }) => onChange({ [name]: detail.selectedOption.value ?? '' })}
            />
          </FormField>
        );
      })}
      {set > 0 && (
        <Button variant="inline-link" onClick={() => onChange({ channel: '', queueId: '', tag: '' })}>
          {t('conversations.clearFilters')}
        </Button>
      )}
    </div>
  );
}
