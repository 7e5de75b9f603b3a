import { useTranslation } from 'react-i18next';
import type { CampaignCard, Card, ChatCard, VoiceCard } from '../api/report-model';
import { Count, Duration, Figures, Percent, Wait } from './figure';

/** Seconds that a customer may wait for the answer to a message before it stands out. */
export const LONG_CHAT_WAIT = 5 * 60;

interface Props {
  kind: Card['kind'];
  /** Undefined: it has not come. */
  card: Card | undefined;
  failed: boolean;
}

/** What a queue's card tells, by the kind of queue. */
export function CardFigures({ kind, card, failed }: Props) {
  const arrival = card ? 'here' : failed ? 'failed' : 'awaited';
  return (
    <Figures arrival={arrival}>
      {kind === 'voice' && <Voice loggedIn={card?.loggedIn} of={card?.voice} />}
      {kind === 'chat' && <Chats loggedIn={card?.loggedIn} of={card?.chat} />}
      {kind === 'campaign' && <Campaign loggedIn={card?.loggedIn} of={card?.campaign} />}
    </Figures>
  );
}

interface Of<T> {
  loggedIn: number | undefined;
  of: T | undefined;
}

function Voice({ loggedIn, of }: Of<VoiceCard>) {
  const { t } = useTranslation();
  return (
    <>
      <Count big label={t('card.waiting')} value={of?.waiting} />
      <Wait big label={t('card.longestWait')} since={of?.waitingSince} limit={of?.serviceLevelSeconds ?? 0} />
      <Count label={t('card.loggedIn')} value={loggedIn} />
      <Duration label={t('card.averageHandle')} seconds={of?.averageHandleSeconds} />
      <Count label={t('card.total')} value={of?.total} />
      <Count label={t('card.handled')} value={of?.handled} />
      <Count label={t('card.abandoned')} value={of?.abandoned} />
      <Count label={t('card.timedOut')} value={of?.timedOut} />
    </>
  );
}

function Chats({ loggedIn, of }: Of<ChatCard>) {
  const { t } = useTranslation();
  return (
    <>
      <Count big label={t('card.unassigned')} value={of?.unassigned} />
      <Wait big label={t('card.unassignedWait')} since={of?.unassignedSince} limit={LONG_CHAT_WAIT} />
      <Count label={t('card.loggedIn')} value={loggedIn} />
      <Wait label={t('card.assignedWait')} since={of?.assignedSince} limit={LONG_CHAT_WAIT} />
      <Count label={t('card.awaitingAgent')} value={of?.awaitingAgent} />
      <Count label={t('card.awaitingCustomer')} value={of?.awaitingCustomer} />
      <Count label={t('card.awaitingReply')} value={of?.awaitingReply} />
    </>
  );
}

function Campaign({ loggedIn, of }: Of<CampaignCard>) {
  const { t } = useTranslation();
  return (
    <>
      <Count big label={t('card.notDialled')} value={of?.notDialled} />
      <Percent big label={t('card.dialled')} value={of?.dialledPercent} />
      <Count label={t('card.loggedIn')} value={loggedIn} />
      <Duration label={t('card.averageHandle')} seconds={of?.averageHandleSeconds} />
      <Count label={t('card.total')} value={of?.total} />
      <Count label={t('card.handled')} value={of?.handled} />
      <Count label={t('card.incomplete')} value={of?.incomplete} />
    </>
  );
}
