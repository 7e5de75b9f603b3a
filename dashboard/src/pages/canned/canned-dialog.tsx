import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import Toggle from '@cloudscape-design/components/toggle';
import { useTranslation } from 'react-i18next';
import type { CannedMessage } from '../../api/chat-model';
import type { Agent } from '../../api/model';
import { LabelsField } from '../../app/labels-field';
import { supervises } from '../../desk/supervises';
import { useCannedForm } from './use-canned-form';

interface Props {
  me: Agent;
  /** Undefined for a new one. */
  message: CannedMessage | undefined;
  /** Those in use. */
  categories: string[];
  onDismiss: () => void;
}

/** Every field of a canned message. */
export function CannedDialog({ me, message, categories, onDismiss }: Props) {
  const { t } = useTranslation();
  const { draft, change, problems, failure, saving, save } = useCannedForm(message, onDismiss);
  return (
    <Modal
      visible
      header={t(message ? 'cannedForm.edit' : 'cannedForm.add')}
      onDismiss={onDismiss}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onDismiss}>
              {t('cannedForm.cancel')}
            </Button>
            <Button variant="primary" loading={saving} onClick={() => void save()}>
              {t('cannedForm.save')}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {failure && <Alert type="error">{t(`error.${failure}`)}</Alert>}
        <FormField label={t('cannedPage.name')} errorText={problems.title && t(`cannedForm.${problems.title}`)}>
          <Input value={draft.title} onChange={({ detail }) => change({ title: detail.value })} />
        </FormField>
        <FormField label={t('cannedPage.text')} errorText={problems.text && t(`cannedForm.${problems.text}`)}>
          <Textarea rows={5} value={draft.text} onChange={({ detail }) => change({ text: detail.value })} />
        </FormField>
        <FormField
          label={t('cannedPage.shortcut')}
          description={t('cannedForm.shortcutHint')}
          errorText={problems.shortcut && t(`cannedForm.${problems.shortcut}`)}
        >
          <Input
            value={draft.shortcut}
            onChange={({ detail }) => change({ shortcut: detail.value.replace(/^\//, '') })}
          />
        </FormField>
        <LabelsField
          label={t('cannedPage.categories')}
          hint={t('cannedForm.categoriesHint')}
          value={draft.categories}
          known={categories}
          onChange={(chosen) => change({ categories: chosen })}
        />
        {supervises(me) && (
          <Toggle checked={draft.public} onChange={({ detail }) => change({ public: detail.checked })}>
            {t('cannedForm.public')}
          </Toggle>
        )}
      </SpaceBetween>
    </Modal>
  );
}
