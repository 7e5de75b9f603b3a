import Button from '@cloudscape-design/components/button';
import { useTranslation } from 'react-i18next';

/** Fetches figures anew. */
export function ReloadButton({ busy, onReload }: { busy: boolean; onReload: () => void }) {
  const { t } = useTranslation();
  return (
    <Button
      iconName="refresh"
      ariaLabel={t('figures.reload')}
      loading={busy}
      loadingText={t('app.loading')}
      onClick={onReload}
    />
  );
}
