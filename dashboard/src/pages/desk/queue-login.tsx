import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Multiselect from '@cloudscape-design/components/multiselect';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Queue } from '../../api/model';
import { useDesk, useDeskState } from '../../desk/desk-context';

/** Picks among the queues that are not joined yet and joins them at once. All are picked until the agent says otherwise. */
export function QueueLogin({ out }: { out: Queue[] }) {
  const { t } = useTranslation();
  const { actions } = useDesk();
  const pending = useDeskState((state) => state.pending.includes('status'));
  const [unpicked, setUnpicked] = useState<readonly string[]>([]);
  if (out.length === 0) return <StatusIndicator type="success">{t('desk.allJoined')}</StatusIndicator>;

  const options = out.map(({ id, name, kind }) => ({
    value: id,
    label: name,
    ...(kind === 'campaign' && { labelTag: t('call.campaign') }),
  }));
  const picked = options.filter(({ value }) => !unpicked.includes(value));
  const pick = (values: readonly (string | undefined)[]) =>
    setUnpicked(out.map(({ id }) => id).filter((id) => !values.includes(id)));

  return (
    <form
      className="queue-login panel"
      onSubmit={(event) => {
        event.preventDefault();
        void actions.setStatus({ status: 'ready', queues: picked.map(({ value }) => value) });
      }}
    >
      <FormField label={t('desk.pick')} description={t('desk.logInHint')} stretch>
        <Multiselect
          options={options}
          selectedOptions={picked}
          placeholder={t('desk.pickPlaceholder')}
          enableSelectAll={options.length > 1}
          filteringType={options.length > 8 ? 'auto' : 'none'}
          onChange={({ detail }) => pick(detail.selectedOptions.map(({ value }) => value))}
        />
      </FormField>
      <Button variant="primary" formAction="submit" disabled={picked.length === 0} loading={pending}>
        {t('desk.logIn')}
      </Button>
    </form>
  );
}
