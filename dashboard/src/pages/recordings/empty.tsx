import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useDesk } from '../../desk/desk-context';
import { newHref } from './hrefs';

/** Why a table has no row, and what to do. */
export function Empty({ archive, failed }: { archive: boolean; failed: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { recordings } = useDesk();
  return (
    <Box textAlign="center" color="inherit">
      <SpaceBetween size="s">
        <span>{t(failed ? 'recordings.loadFailed' : archive ? 'recordings.archiveEmpty' : 'recordings.empty')}</span>
        {failed && <Button onClick={() => void recordings.load()}>{t('recordings.retry')}</Button>}
        {!failed && !archive && <Button onClick={() => void navigate(newHref)}>{t('recordings.add')}</Button>}
      </SpaceBetween>
    </Box>
  );
}

export function NoMatch({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation();
  return (
    <Box textAlign="center" color="inherit">
      <SpaceBetween size="s">
        <span>{t('recordings.noMatch')}</span>
        <Button onClick={onClear}>{t('recordings.clear')}</Button>
      </SpaceBetween>
    </Box>
  );
}
