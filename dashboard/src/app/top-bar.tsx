import Button from '@cloudscape-design/components/button';
import ButtonDropdown, { type ButtonDropdownProps } from '@cloudscape-design/components/button-dropdown';
import TopNavigation from '@cloudscape-design/components/top-navigation';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate } from 'react-router';
import { useDesk, useDeskState, useSession } from '../desk/desk-context';
import { usePhoneFormat } from '../desk/phone-format';
import { lineOf } from '../desk/selectors';
import { DialButton } from '../dial/dialling';
import { languages } from '../i18n/languages';
import { preferences, usePreferences } from '../settings/preferences';
import { HeadsetIcon } from './icons';
import { Logo } from './logo';
import { usePageLinks } from './side-bar';
import { StatusMenu } from './status-menu';
import { useNarrow } from './use-narrow';

/** The bar on every page: the way to the desk, the agent's status, language, settings, account. */
export function TopBar({ onShowShortcuts }: { onShowShortcuts: () => void }) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const ready = useDeskState((state) => state.phase === 'ready');
  const centerName = useDeskState((state) => state.centerName) || t('app.name');

  return (
    <TopNavigation>
      <div className="top-bar">
        <Link to="/" className="top-bar-identity" aria-label={centerName}>
          <Logo />
          {!narrow && <span>{centerName}</span>}
        </Link>
        <div className="top-bar-tools">
          {ready && (
            <>
              <Button
                variant="link"
                iconSvg={<HeadsetIcon />}
                href="/desk"
                ariaLabel={t('nav.desk')}
                nativeAnchorAttributes={{ 'aria-current': pathname === '/desk' ? 'page' : undefined }}
                onFollow={(event) => {
                  event.preventDefault();
                  void navigate('/desk');
                }}
              >
                {narrow ? undefined : t('nav.desk')}
              </Button>
              <DialButton />
              <StatusMenu />
            </>
          )}
          {!narrow && <LanguageMenu />}
          {!narrow && ready && (
            <Button
              variant="icon"
              iconName="settings"
              ariaLabel={t('nav.settings')}
              onClick={() => void navigate('/settings')}
            />
          )}
          <AccountMenu onShowShortcuts={onShowShortcuts} />
        </div>
      </div>
    </TopNavigation>
  );
}

function LanguageMenu() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return (
    <ButtonDropdown
      variant="normal"
      ariaLabel={t('nav.languageMenu', { code: language.toUpperCase() })}
      items={languages.map(({ id, name }) => ({ id, text: name, lang: id, disabled: id === language }))}
      onItemClick={({ detail }) => setLanguage(detail.id)}
    >
      {language.toUpperCase()}
    </ButtonDropdown>
  );
}

const setLanguage = (id: string) => preferences.set({ language: id === 'fr' ? 'fr' : 'en' });

function AccountMenu({ onShowShortcuts }: { onShowShortcuts: () => void }) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const navigate = useNavigate();
  const desk = useDesk();
  const session = useSession();
  const name = session.person?.name ?? '';
  const pages = usePageLinks();

  const lines = useLineItems();

  const choose: ButtonDropdownProps['onItemClick'] = ({ detail: { id } }) => {
    if (id.startsWith('/')) void navigate(id);
    else if (id.startsWith('+')) void desk.actions.setLine(id);
    else if (id === 'shortcuts') onShowShortcuts();
    else if (id === 'sign-out') {
      // The page is about to be left: the browser's own question would come when the desk has been stopped.
      if (desk.recordingDrafts.haveSound() && !window.confirm(t('recordings.signOut'))) return;
      desk.stop();
      void session.signOut();
    } else setLanguage(id);
  };

  const forNarrow: ButtonDropdownProps.ItemOrGroup[] = [
    ...pages.map(({ text, href, unread = 0 }) => ({ id: href, text: unread > 0 ? `${text} (${unread})` : text })),
    ...(lines.length > 1 ? [{ text: t('line.label'), items: lines }] : []),
    { text: t('nav.language'), items: languages.map(({ id, name: text }) => ({ id, text, lang: id })) },
  ];
  const items: ButtonDropdownProps.ItemOrGroup[] = [
    ...(narrow ? forNarrow : []),
    { id: 'shortcuts', text: t('nav.shortcuts'), secondaryText: '?' },
    { id: 'sign-out', text: t('nav.signOut') },
  ];
  return (
    <ButtonDropdown
      items={items}
      ariaLabel={t('nav.account', { name })}
      onItemClick={choose}
      {...(narrow ? { variant: 'icon' as const } : { iconName: 'user-profile' as const })}
    >
      {narrow ? undefined : name}
    </ButtonDropdown>
  );
}

/** The lines to call from, where there is no room for the side bar. */
function useLineItems(): ButtonDropdownProps.Item[] {
  const { t } = useTranslation();
  const format = usePhoneFormat();
  const lines = useDeskState((state) => state.lines);
  const current = useDeskState(lineOf);
  return lines.map(({ number, label }) => ({
    id: number,
    text: label || format(number),
    ...(label && { secondaryText: format(number) }),
    ...(number === current?.number && { labelTag: t('status.chosen'), disabled: true }),
  }));
}
