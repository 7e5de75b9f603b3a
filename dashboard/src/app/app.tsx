import '@cloudscape-design/global-styles/index.css';
import '../styles/app.css';
import '../styles/call.css';
import '../styles/call-controls.css';
import '../styles/call-recordings.css';
import '../styles/cards.css';
import { BrowserRouter } from 'react-router';
import { DeskProvider } from '../desk/desk-context';
import type { Desk } from '../desk/desk-runtime';
import { ComponentStrings } from '../i18n/component-strings';
import { Landing } from '../pages/landing/landing';
import type { Session } from '../session/session';
import { Shell } from './shell';

interface Props {
  session: Session;
  /** Undefined while nobody is signed in. */
  desk: Desk | undefined;
}

export function App({ session, desk }: Props) {
  return (
    <ComponentStrings>
      {desk ? (
        <BrowserRouter>
          <DeskProvider desk={desk} session={session}>
            <Shell />
          </DeskProvider>
        </BrowserRouter>
      ) : (
        <Landing session={session} />
      )}
    </ComponentStrings>
  );
}
