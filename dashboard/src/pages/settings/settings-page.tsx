import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../../app/page-title';
import { AudioSettings } from './audio-settings';
import { DisplaySettings } from './display-settings';
import { KeyboardSettings } from './keyboard-settings';
import { MessageToneSettings } from './message-tone-settings';
import { NotificationSettings } from './notification-settings';
import { SettingsLinks } from './settings-links';

export function SettingsPage({ onShowShortcuts }: { onShowShortcuts: () => void }) {
  const { t } = useTranslation();
  return (
    <ContentLayout
      header={
        <Header variant="h1" actions={<SettingsLinks />}>
          {t('settings.title')}
        </Header>
      }
    >
      <PageTitle title={t('nav.settings')} />
      <div className="settings">
        <SpaceBetween size="l">
          <Container header={<Header variant="h2">{t('settings.voice')}</Header>}>
            <SpaceBetween size="l">
              <Header variant="h3" description={t('settings.audioText')}>
                {t('settings.audio')}
              </Header>
              <AudioSettings />
              <MessageToneSettings />
            </SpaceBetween>
          </Container>
          <Container header={<Header variant="h2">{t('settings.notifications')}</Header>}>
            <NotificationSettings />
          </Container>
          <Container header={<Header variant="h2">{t('settings.display')}</Header>}>
            <DisplaySettings />
          </Container>
          <Container header={<Header variant="h2">{t('settings.keyboard')}</Header>}>
            <KeyboardSettings onShowShortcuts={onShowShortcuts} />
          </Container>
        </SpaceBetween>
      </div>
    </ContentLayout>
  );
}
