import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FrontDoor } from '../../app/front-door';
import type { Session } from '../../session/session';

/** The way in, and the page after signing out. */
export function Landing({ session }: { session: Session }) {
  const { t, i18n } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [unavailable, setUnavailable] = useState(false);

  useEffect(() => {
    document.title = t('app.name');
  }, [t]);

  const signIn = async () => {
    setBusy(true);
    setUnavailable(false);
    try {
      await session.signIn(i18n.language);
    } catch {
      setUnavailable(true);
      setBusy(false);
    }
  };

  const problem = unavailable ? t('landing.unavailable') : session.failed ? t('landing.failed') : '';
  return (
    <FrontDoor>
      <SpaceBetween size="l">
        <div>
          <Box variant="h1">{session.ended ? t('landing.signedOutTitle') : t('landing.title')}</Box>
          <Box color="text-body-secondary" margin={{ top: 'xs' }}>
            {session.ended ? t('landing.signedOutText') : t('landing.text')}
          </Box>
        </div>
        {problem && <Alert type="error">{problem}</Alert>}
        <Button variant="primary" fullWidth loading={busy} onClick={() => void signIn()}>
          {session.ended ? t('landing.signInAgain') : t('landing.signIn')}
        </Button>
      </SpaceBetween>
    </FrontDoor>
  );
}

/** Shown when not even the site's configuration could be loaded. */
export function Broken(): ReactNode {
  const { t } = useTranslation();
  return (
    <FrontDoor>
      <SpaceBetween size="l">
        <Box variant="h1">{t('landing.brokenTitle')}</Box>
        <Alert type="error">{t('landing.brokenText')}</Alert>
        <Button onClick={() => window.location.reload()}>{t('landing.retry')}</Button>
      </SpaceBetween>
    </FrontDoor>
  );
}
