import { useTranslation } from 'react-i18next';
import type { Queue } from '../../api/model';
import type { QueueDetails } from '../../api/report-model';
import { Count, Duration, Figures, Percent } from '../../cards/figure';

/** How well the queue has been served today. */
export function Rates({ kind, details }: { kind: Queue['kind']; details: QueueDetails }) {
  return (
    <Figures arrival="here">
      {details.card.voice && <CallRates details={details} within={details.card.voice.serviceLevelSeconds} />}
      {kind === 'chat' && <ChatRates details={details} />}
      {kind === 'campaign' && <CampaignRates details={details} />}
    </Figures>
  );
}

function CallRates({ details: { today }, within: count }: { details: QueueDetails; within: number }) {
  const { t } = useTranslation();
  return (
    <>
      <Percent
        big
        label={t('queue.serviceLevel')}
        note={t('queue.serviceLevelNote', { count })}
        value={today.serviceLevelPercent}
      />
      <Percent
        big
        label={t('queue.answeredLevel')}
        note={t('queue.answeredLevelNote', { count })}
        value={today.answeredLevelPercent}
      />
      <Percent label={t('queue.abandonRate')} value={today.abandonPercent} />
      <Duration label={t('queue.averageWait')} seconds={today.averageWaitSeconds} />
      <Duration label={t('queue.longestWait')} seconds={today.longestWaitSeconds} />
      <Count label={t('queue.callbacks')} value={today.callbacks ?? 0} />
    </>
  );
}

function ChatRates({ details: { today } }: { details: QueueDetails }) {
  const { t } = useTranslation();
  return (
    <>
      <Duration big label={t('queue.firstResponse')} seconds={today.firstResponseSeconds} />
      <Duration big label={t('queue.longestFirstResponse')} seconds={today.longestFirstResponseSeconds || undefined} />
      <Count label={t('queue.opened')} value={today.opened ?? 0} />
      <Count label={t('queue.resolved')} value={today.resolved ?? 0} />
    </>
  );
}

function CampaignRates({ details: { today, card } }: { details: QueueDetails }) {
  const { t } = useTranslation();
  return (
    <>
      <Count big label={t('queue.taken')} value={today.taken ?? 0} />
      <Count big label={t('queue.dialledToday')} value={today.dialled ?? 0} />
      <Count label={t('queue.ready')} value={card.campaign?.waiting} />
      <Duration label={t('queue.averageTalk')} seconds={today.averageTalkSeconds} />
    </>
  );
}
