import AppLayout from '@cloudscape-design/components/app-layout';
import { type ReactNode, Suspense, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { TransferPanel } from '../call/call-controls';
import { CallDock } from '../call/call-dock';
import { GuestPanel } from '../call/live-call';
import { ChatPopup } from '../chat/chat-popup';
import { useDeskState, useSession } from '../desk/desk-context';
import { Dialling, DialPanel } from '../dial/dialling';
import { QueueLogin } from '../pages/desk/desk-page';
import { Landing } from '../pages/landing/landing';
import { NotAgent } from '../pages/not-agent/not-agent';
import { useSessionLost } from '../session/use-session-lost';
import { Announcer } from './announcer';
import { Banners } from './banners';
import { LoadFailed, Loading } from './loading';
import { onDemand } from './on-demand';
import { Pages } from './pages';
import { useShortcuts } from './shortcuts';
import { SideBar } from './side-bar';
import { TopBar } from './top-bar';
import { useNarrow } from './use-narrow';
import { useRinging } from './use-ringing';

const ShortcutsDialog = onDemand(async () => (await import('./shortcuts-dialog')).ShortcutsDialog);

/** What a call may need at once is there before it does. */
function usePreloading(ready: boolean): void {
  useEffect(() => {
    QueueLogin.preload().catch(() => undefined); // beside the state that it waits for
  }, []);
  useEffect(() => {
    if (!ready) return;
    // One that can't be fetched now is fetched when it is shown.
    for (const part of [GuestPanel, TransferPanel, DialPanel, ShortcutsDialog]) part.preload().catch(() => undefined);
  }, [ready]);
}

/** Everything around a page. The call panel and the announcements are here, so they work wherever the agent is. */
export function Shell() {
  const phase = useDeskState((state) => state.phase);
  const session = useSession();
  const { lost } = useSessionLost();
  if (phase === 'not-agent') return <NotAgent />;
  if (lost && phase !== 'ready') return <Landing session={session} />;
  return <Frame>{{ loading: <Loading />, failed: <LoadFailed />, ready: undefined }[phase]}</Frame>;
}

/** `instead` stands in for the page until there is a desk. */
function Frame({ children: instead }: { children: ReactNode }) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const { pathname } = useLocation();
  const inConversations = pathname.startsWith('/conversations');
  const [navigationOpen, setNavigationOpen] = useState(true);
  const [showsShortcuts, setShowsShortcuts] = useState(false);
  const showShortcuts = useCallback(() => setShowsShortcuts(true), []);
  useShortcuts(showShortcuts);
  useRinging();
  usePreloading(instead === undefined);
  return (
    <>
      <a href="#content" className="skip-link">
        {t('app.skipToContent')}
      </a>
      <div id="top-bar">
        <TopBar onShowShortcuts={showShortcuts} />
      </div>
      <AppLayout
        headerSelector="#top-bar"
        toolsHide
        maxContentWidth={inConversations ? Number.MAX_VALUE : 1440}
        disableContentPaddings={inConversations}
        navigationWidth={220}
        navigationOpen={navigationOpen}
        onNavigationChange={({ detail }) => setNavigationOpen(detail.open)}
        navigation={<SideBar />}
        navigationHide={narrow}
        notifications={<Banners />}
        ariaLabels={{
          navigation: t('app.navigation'),
          navigationToggle: t('app.openNavigation'),
          navigationClose: t('app.closeNavigation'),
          notifications: t('app.notifications'),
        }}
        content={
          <div id="content" className="page">
            {instead ?? (
              <Suspense fallback={<Loading />}>
                <Pages onShowShortcuts={showShortcuts} />
              </Suspense>
            )}
          </div>
        }
      />
      {pathname !== '/desk' && <CallDock />}
      <Dialling />
      <ChatPopup />
      <Announcer />
      {showsShortcuts && <ShortcutsDialog onDismiss={() => setShowsShortcuts(false)} />}
    </>
  );
}
