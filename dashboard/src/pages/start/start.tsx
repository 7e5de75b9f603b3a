import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import Icon from '@cloudscape-design/components/icon';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { HeadsetIcon } from '../../app/icons';
import { PageTitle } from '../../app/page-title';
import { useDeskState } from '../../desk/desk-context';
import { selectMe } from '../../desk/selectors';
import { supervises } from '../../desk/supervises';

/** The first page: a few doors, the headset's first. */
export function Start() {
  const { t } = useTranslation();
  const me = useDeskState(selectMe);
  const center = useDeskState((state) => state.centerName);
  if (!me) return null;
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={t('start.text', { center })}>
          {t('start.hello', { name: me.name })}
        </Header>
      }
    >
      <PageTitle title={t('nav.start')} />
      <div className="doors">
        <Door to="/desk" main icon={<Icon svg={<HeadsetIcon />} size="medium" />} title={t('start.openDesk')}>
          {t('start.deskText')}
        </Door>
        {supervises(me) && (
          <Door to="/team" icon={<Icon name="group" size="medium" />} title={t('start.openTeam')}>
            {t('start.teamText')}
          </Door>
        )}
        <Door to="/settings" icon={<Icon name="microphone" size="medium" />} title={t('start.openSettings')}>
          {t('start.settingsText')}
        </Door>
      </div>
    </ContentLayout>
  );
}

interface DoorProps {
  to: string;
  icon: ReactNode;
  title: string;
  main?: boolean;
  children: string;
}

function Door({ to, icon, title, main = false, children }: DoorProps) {
  return (
    <Link to={to} className="door" data-main={main}>
      <span className="door-icon">{icon}</span>
      <span>
        <strong>{title}</strong>
        <span className="door-text">{children}</span>
      </span>
    </Link>
  );
}
