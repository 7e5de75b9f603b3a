import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useDeskState } from '../../desk/desk-context';
import { selectMe } from '../../desk/selectors';

/** The pages below the settings. */
export function SettingsLinks() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useDeskState(selectMe);
  const links = [
    { text: t('recordings.title'), href: '/settings/recordings' },
    { text: t('cannedPage.title'), href: '/settings/canned-messages' },
    ...(me?.role === 'admin' ? [{ text: t('setAside.title'), href: '/settings/set-aside' }] : []),
  ];
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {links.map(({ text, href }) => (
        <Button
          key={href}
          href={href}
          onFollow={(event) => {
            event.preventDefault();
            void navigate(href);
          }}
        >
          {text}
        </Button>
      ))}
    </SpaceBetween>
  );
}
