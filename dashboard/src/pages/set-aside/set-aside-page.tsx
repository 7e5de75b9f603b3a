import '../../styles/set-aside.css';
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import type { SetAside } from '../../api/chat-model';
import { Loading } from '../../app/loading';
import { PageTitle } from '../../app/page-title';
import { channelName } from '../../chat/channel-bubble';
import { useDeskState } from '../../desk/desk-context';
import { selectMe } from '../../desk/selectors';
import { localeOf } from '../../i18n/locale';
import { useSetAside } from './use-set-aside';

/** For admins: what channels delivered that could not be understood, until somebody has looked at it. */
export function SetAsidePage() {
  const { t } = useTranslation();
  const admin = useDeskState((state) => selectMe(state)?.role === 'admin');
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={t(admin ? 'setAside.description' : 'setAside.notAdmin')}>
          {t('setAside.title')}
        </Header>
      }
    >
      <PageTitle title={t('setAside.title')} />
      {admin && <Payloads />}
    </ContentLayout>
  );
}

function Payloads() {
  const { t } = useTranslation();
  const { payloads, phase, load, remove } = useSetAside();
  if (phase === 'loading' && payloads.length === 0) return <Loading />;
  return (
    <SpaceBetween size="m">
      {phase === 'failed' && (
        <Alert type="error" action={<Button onClick={load}>{t('setAside.retry')}</Button>}>
          {t('setAside.failed')}
        </Alert>
      )}
      {phase === 'ready' && payloads.length === 0 && <Box color="text-body-secondary">{t('setAside.empty')}</Box>}
      {payloads.map((one) => (
        <Payload key={one.id} one={one} onRemove={() => void remove(one.id)} />
      ))}
    </SpaceBetween>
  );
}

function Payload({ one, onRemove }: { one: SetAside; onRemove: () => void }) {
  const { t, i18n } = useTranslation();
  const channel = channelName(t, one.channel);
  const time = new Intl.DateTimeFormat(localeOf(i18n.language), { dateStyle: 'medium', timeStyle: 'medium' }).format(
    new Date(one.at),
  );
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={one.reason}
          actions={
            <Button ariaLabel={t('setAside.deleteOf', { channel, time })} onClick={onRemove}>
              {t('setAside.delete')}
            </Button>
          }
        >
          {t('setAside.of', { channel, time })}
        </Header>
      }
    >
      <ExpandableSection headerText={t('setAside.payload')}>
        <pre className="payload">{one.payload}</pre>
      </ExpandableSection>
    </Container>
  );
}
