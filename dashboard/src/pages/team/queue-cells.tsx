import Link from '@cloudscape-design/components/link';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Card } from '../../api/report-model';
import { LONG_CHAT_WAIT } from '../../cards/card-figures';
import { Waited } from '../../cards/figure';
import { queueHref } from '../../cards/queue-href';
import { useDesk, useDeskState } from '../../desk/desk-context';
import type { DeskState } from '../../desk/desk-state';
import type { DeskStore } from '../../desk/desk-store';
import { useDerived } from '../../desk/use-derived';
import { formatCount, formatDuration } from '../../i18n/format';
import { totalOf, waitingOf, waitingSince } from '../../team/queue-list';
import { nobody, type Staff } from '../../team/tally';

interface Props {
  /** Of the queue. */
  id: string;
}

/** What a figure that is not there looks like. */
const NONE = '–';

function useCard(id: string): Card | undefined {
  const { cards } = useDesk();
  return useSyncExternalStore(cards.subscribe, () => cards.get().cards[id]);
}

/** Leads to what the queue's figures stand for. */
export function QueueName({ id }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queue = useDeskState((state) => state.queues.find((one) => one.id === id));
  const href = queueHref(id);
  if (!queue) return null;
  return (
    <span className="queue-name">
      <Link
        href={href}
        onFollow={(event) => {
          event.preventDefault();
          void navigate(href);
        }}
      >
        {queue.name}
      </Link>
      {queue.kind === 'campaign' && <span className="quiet">{t('team.campaign')}</span>}
      {queue.kind === 'chat' && <span className="quiet">{t('team.chatQueue')}</span>}
    </span>
  );
}

export function Waiting({ id }: Props) {
  const { i18n } = useTranslation();
  const counted = useCounted();
  const card = useCard(id);
  if (!card) return NONE;
  const waiting = waitingOf(card);
  if (card.campaign) return <span className="team-figure">{counted('toDial', waiting)}</span>;
  return (
    <span className={waiting > 0 ? 'team-figure some' : 'team-figure'}>{formatCount(waiting, i18n.language)}</span>
  );
}

/** Ticks, and stands out once it is longer than customers are promised. */
export function LongestWait({ id }: Props) {
  const card = useCard(id);
  const since = card && waitingSince(card);
  return since ? <Waited since={since} limit={card.voice?.serviceLevelSeconds ?? LONG_CHAT_WAIT} /> : NONE;
}

interface StaffProps extends Props {
  staff: (state: DeskState) => Readonly<Record<string, Staff>>;
  store: DeskStore;
}

export function StaffCount({ id, part, staff, store }: StaffProps & { part: keyof Staff }) {
  return <span className="team-figure">{useDerived(store, (state) => staff(state)[id] ?? nobody)[part]}</span>;
}

export function StaffLines({ id, staff, store }: StaffProps) {
  const { t } = useTranslation();
  const { loggedIn, free, busy, paused } = useDerived(store, (state) => staff(state)[id] ?? nobody);
  return (
    <div className="stacked">
      <span>{t('team.staff', { loggedIn })}</span>
      <span className="quiet">{t('team.staffParts', { free, busy, paused })}</span>
    </div>
  );
}

export function Handling({ id }: Props) {
  const card = useCard(id);
  const seconds = (card?.voice ?? card?.campaign)?.averageHandleSeconds;
  return <span className="team-figure">{seconds === undefined ? NONE : formatDuration(seconds)}</span>;
}

/** How many calls or conversations there have been today, and what became of them. */
export function Today({ id }: Props) {
  const counted = useCounted();
  const card = useCard(id);
  if (!card) return NONE;
  return (
    <div className="stacked">
      <span className="team-figure">{counted('total', totalOf(card))}</span>
      <span className="quiet unbroken">
        {outcomesOf(counted, card).map((text, i, { length }) => (
          <span key={text}>{i < length - 1 ? `${text} · ` : text}</span>
        ))}
      </span>
    </div>
  );
}

type Counted = (
  what: 'total' | 'toDial' | 'handled' | 'abandoned' | 'timedOut' | 'incomplete' | 'resolved',
  count: number,
) => string;

function useCounted(): Counted {
  const { t, i18n } = useTranslation();
  return (what, count) => t(`team.${what}`, { count, number: formatCount(count, i18n.language) });
}

function outcomesOf(counted: Counted, { voice, campaign, chat }: Card): string[] {
  const of = voice ?? campaign;
  if (!of) return [counted('resolved', chat?.resolved ?? 0)];
  const handled = counted('handled', of.handled);
  if (!voice) return [handled, counted('incomplete', of.incomplete)];
  return [handled, counted('abandoned', voice.abandoned), counted('timedOut', voice.timedOut)];
}
