import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Queue } from '../../api/model';
import { Loading } from '../../app/loading';
import { PageTitle } from '../../app/page-title';
import { CardFigures } from '../../cards/card-figures';
import { useQueueDetails } from '../../cards/use-queue-details';
import { useDeskState } from '../../desk/desk-context';
import { CardsFailed } from '../desk/queue-cards';
import { AgentTable } from './agent-table';
import { HourPanel } from './hour-panel';
import { OwnStatus } from './own-status';
import { Rates } from './rates';
import { UnassignedTable } from './unassigned-table';
import { WaitingTable } from './waiting-table';
import '../../styles/queue.css';

/** What a queue's card stands for, live. */
export function QueuePage() {
  const { queueId = '' } = useParams();
  const queue = useDeskState((state) => state.queues.find(({ id }) => id === queueId));
  return queue ? <Details key={queue.id} queue={queue} /> : <UnknownQueue />;
}

function Details({ queue }: { queue: Queue }) {
  const { t } = useTranslation();
  const { phase, details, card, retry } = useQueueDetails(queue.id);
  if (phase === 'unknown') return <UnknownQueue />;
  return (
    <ContentLayout
      header={
        <div className="queue-page-head">
          <BackLink />
          <Header variant="h1" description={t(`queue.kind.${queue.kind}`)} actions={<OwnStatus queue={queue} />}>
            {queue.name}
          </Header>
        </div>
      }
    >
      <PageTitle title={queue.name} />
      {!details && phase === 'loading' && <Loading />}
      {!details && phase === 'failed' && <DetailsFailed onRetry={retry} />}
      {details && (
        <div className="queue-page">
          {phase === 'failed' && <CardsFailed onRetry={retry} />}
          <div className="queue-page-figures">
            <section className="panel" aria-labelledby="queue-now">
              <h2 id="queue-now">{t('queue.now')}</h2>
              <CardFigures kind={queue.kind} card={card ?? details.card} failed={false} />
            </section>
            <section className="panel" aria-labelledby="queue-today">
              <h2 id="queue-today">{t('queue.today')}</h2>
              <Rates kind={queue.kind} details={details} />
            </section>
          </div>
          {queue.kind === 'chat' ? <UnassignedTable queueId={queue.id} /> : <WaitingTable details={details} />}
          <AgentTable agents={details.agents} chats={queue.kind === 'chat'} />
          <HourPanel kind={queue.kind} details={details} />
        </div>
      )}
    </ContentLayout>
  );
}

function BackLink() {
  const { t } = useTranslation();
  return (
    <Link to="/desk" className="back-link">
      {t('notFound.back')}
    </Link>
  );
}

function DetailsFailed({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert type="error" header={t('queue.failedTitle')} action={<Button onClick={onRetry}>{t('app.retry')}</Button>}>
      {t('queue.failedText')}
    </Alert>
  );
}

function UnknownQueue() {
  const { t } = useTranslation();
  return (
    <ContentLayout header={<Header variant="h1">{t('queue.unknownTitle')}</Header>}>
      <PageTitle title={t('queue.unknownTitle')} />
      <p>{t('queue.unknownText')}</p>
      <BackLink />
    </ContentLayout>
  );
}
