import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { useDeskState } from '../desk/desk-context';
import { selectMe } from '../desk/selectors';
import { supervises } from '../desk/supervises';

/** The pages that the person may open, in order. */
export function usePageLinks(): { text: string; href: string }[] {
  const { t } = useTranslation();
  const me = useDeskState(selectMe);
  return [
    { text: t('nav.start'), href: '/' },
    { text: t('nav.desk'), href: '/desk' },
    ...(me && supervises(me) ? [{ text: t('nav.team'), href: '/team' }] : []),
    { text: t('nav.settings'), href: '/settings' },
  ];
}

export function SideBar() {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const items = usePageLinks().map((link): SideNavigationProps.Item => ({ type: 'link', ...link }));
  return (
    <SideNavigation
      activeHref={pathname}
      items={items}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(event.detail.href);
      }}
    />
  );
}
