import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../settings/preferences';
import { HELP_KEY, type ShortcutName, shortcutKeys } from './shortcuts';

const names = Object.keys(shortcutKeys) as ShortcutName[];

export function ShortcutsDialog({ onDismiss }: { onDismiss: () => void }) {
  const { t } = useTranslation();
  const { shortcuts } = usePreferences();
  const rows = [
    ...names.map((name) => ({ name, keys: shortcutKeys[name] })),
    { name: 'help' as const, keys: HELP_KEY },
  ];
  return (
    <Modal
      visible
      header={t('shortcuts.title')}
      onDismiss={onDismiss}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={onDismiss}>
            {t('shortcuts.close')}
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <table className="shortcuts">
          <thead>
            <tr>
              <th scope="col">{t('shortcuts.action')}</th>
              <th scope="col">{t('shortcuts.key')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, keys }) => (
              <tr key={name}>
                <td>{t(`shortcuts.${name}`)}</td>
                <td>
                  <Keys keys={keys} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <Box color="text-body-secondary" variant="small">
          {shortcuts ? t('shortcuts.note') : t('shortcuts.off')}
        </Box>
      </SpaceBetween>
    </Modal>
  );
}

function Keys({ keys }: { keys: string }) {
  return (
    <span className="keys">
      {keys.split('+').map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
