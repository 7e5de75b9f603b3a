import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { useDeskState } from '../desk/desk-context';
import { selectMe } from '../desk/selectors';
import { supervises } from '../desk/supervises';

export function SideBar({ onFollow }: { onFollow: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const me = useDeskState(selectMe);
  const items: SideNavigationProps.Item[] = [
    { type: 'link', text: t('nav.start'), href: '/' },
    { type: 'link', text: t('nav.desk'), href: '/desk' },
    ...(me && supervises(me) ? [{ type: 'link' as const, text: t('nav.team'), href: '/team' }] : []),
    { type: 'link', text: t('nav.settings'), href: '/settings' },
  ];
  return (
    <SideNavigation
      activeHref={pathname}
      items={items}
      onFollow={(event) => {
        event.preventDefault();
        onFollow();
        void navigate(event.detail.href);
      }}
    />
  );
}
