import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { useUnreadChats } from '../chat/use-chats';
import { useDeskState } from '../desk/desk-context';
import { selectMe } from '../desk/selectors';
import { supervises } from '../desk/supervises';
import { useNewVoicemails } from '../voicemail/use-voicemails';
import { LineChoice } from './line-choice';

export interface PageLink {
  text: string;
  href: string;
  /** How much waits there to be read. */
  unread?: number;
  /** The same in words. */
  unreadText?: string;
}

/** The pages that the person may open, in order. */
export function usePageLinks(): PageLink[] {
  const { t } = useTranslation();
  const unread = useUnreadChats();
  const messages = useNewVoicemails();
  const me = useDeskState(selectMe);
  return [
    { text: t('nav.start'), href: '/' },
    { text: t('nav.desk'), href: '/desk' },
    { text: t('nav.conversations'), href: '/conversations', unread, unreadText: t('nav.unread', { count: unread }) },
    {
      text: t('nav.voicemail'),
      href: '/voicemail',
      unread: messages,
      unreadText: t('voicemail.new', { count: messages }),
    },
    { text: t('nav.productivity'), href: '/productivity' },
    ...(me && supervises(me)
      ? [
          { text: t('nav.reports'), href: '/reports' },
          { text: t('nav.team'), href: '/team' },
        ]
      : []),
    { text: t('nav.settings'), href: '/settings' },
  ];
}

export function SideBar() {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const items = usePageLinks().map(
    ({ text, href, unread = 0, unreadText = '' }): SideNavigationProps.Item => ({
      type: 'link',
      text,
      href,
      info: unread > 0 ? <UnreadBadge count={unread} text={unreadText} /> : undefined,
    }),
  );
  return (
    <div className="side-bar">
      <SideNavigation
        activeHref={`/${pathname.split('/')[1] ?? ''}`}
        items={items}
        onFollow={(event) => {
          event.preventDefault();
          void navigate(event.detail.href);
        }}
      />
      <LineChoice />
    </div>
  );
}

function UnreadBadge({ count, text }: { count: number; text: string }) {
  return (
    <span className="unread-badge">
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span className="visually-hidden">{text}</span>
    </span>
  );
}
