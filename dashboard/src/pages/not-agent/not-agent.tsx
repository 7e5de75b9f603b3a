import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { FrontDoor } from '../../app/front-door';
import { PageTitle } from '../../app/page-title';
import { useDesk, useSession } from '../../desk/desk-context';

/** Somebody signed in whom nobody made an agent. */
export function NotAgent() {
  const { t } = useTranslation();
  const desk = useDesk();
  const session = useSession();
  const signOut = () => {
    desk.stop();
    void session.signOut();
  };
  return (
    <FrontDoor>
      <PageTitle title={t('notAgent.title')} />
      <SpaceBetween size="l">
        <Box variant="h1">{t('notAgent.title')}</Box>
        <Box color="text-body-secondary">{t('notAgent.text', { name: session.person?.name ?? '' })}</Box>
        <SpaceBetween size="s" direction="horizontal">
          <Button variant="primary" onClick={signOut}>
            {t('nav.signOut')}
          </Button>
          <Button onClick={desk.retry}>{t('notAgent.retry')}</Button>
        </SpaceBetween>
      </SpaceBetween>
    </FrontDoor>
  );
}
