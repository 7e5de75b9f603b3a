import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createDeskApi } from './api/client';
import { App } from './app/app';
import { openDesk } from './desk/desk-runtime';
import { openTranslations } from './i18n/i18n';
import { Broken } from './pages/landing/landing';
import { openSession, type Session } from './session/session';
import { loadSiteConfig } from './session/site-config';
import { followAppearance } from './settings/appearance';

followAppearance();
const root = createRoot(document.getElementById('root') as HTMLElement);

function start(session: Session): void {
  const { person, token } = session;
  const desk = person ? openDesk(createDeskApi(token, window.location.origin), person.username) : undefined;
  root.render(
    <StrictMode>
      <App session={session} desk={desk} />
    </StrictMode>,
  );
}

// Side by side; whatever fails is told when there are words for it.
Promise.allSettled([loadSiteConfig().then(openSession), openTranslations()]).then(([session, words]) => {
  if (session.status === 'fulfilled' && words.status === 'fulfilled') start(session.value);
  else root.render(<Broken />);
});
