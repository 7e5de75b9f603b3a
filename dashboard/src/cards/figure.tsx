import Icon from '@cloudscape-design/components/icon';
import { createContext, type ReactNode, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { secondsBetween, useServerNow } from '../desk/use-server-now';
import { formatCount, formatDuration, formatPercent } from '../i18n/format';

/** Whether the figures have come, or are still to come. */
export type Arrival = 'here' | 'awaited' | 'failed';

const ArrivalContext = createContext<Arrival>('here');

/** Figures with their names. */
export function Figures({ arrival, children }: { arrival: Arrival; children: ReactNode }) {
  return (
    <ArrivalContext value={arrival}>
      <dl className="figures">{children}</dl>
    </ArrivalContext>
  );
}

interface FigureProps {
  label: string;
  /** One that is to be seen at a glance. */
  big?: boolean;
  /** What it means, where that is not plain. */
  note?: string;
}

function Figure({ label, big = false, note, children }: FigureProps & { children: ReactNode }) {
  return (
    <div className="figure" data-big={big || undefined}>
      <dt>{label}</dt>
      <dd>{children}</dd>
      {note && <dd className="figure-note">{note}</dd>}
    </div>
  );
}

export function Count({ value, ...figure }: FigureProps & { value: number | undefined }) {
  const { i18n } = useTranslation();
  return <Figure {...figure}>{value === undefined ? <Absent /> : formatCount(value, i18n.language)}</Figure>;
}

export function Percent({ value, ...figure }: FigureProps & { value: number | undefined }) {
  const { i18n } = useTranslation();
  return <Figure {...figure}>{value === undefined ? <Absent /> : formatPercent(value, i18n.language)}</Figure>;
}

/** A length of time that does not go on. */
export function Duration({ seconds, ...figure }: FigureProps & { seconds: number | undefined }) {
  return <Figure {...figure}>{seconds === undefined ? <Absent /> : formatDuration(seconds)}</Figure>;
}

/** A wait that goes on since a moment. */
export function Wait({ since, limit, ...figure }: FigureProps & { since: string | undefined; limit: number }) {
  return <Figure {...figure}>{since === undefined ? <Absent /> : <Waited since={since} limit={limit} />}</Figure>;
}

/** How long somebody has waited. It ticks, and stands out when it is longer than `limit` seconds. */
export function Waited({ since, limit }: { since: string; limit: number }) {
  const { t } = useTranslation();
  const seconds = secondsBetween(since, useServerNow());
  return (
    <span className="waited" data-long={seconds > limit || undefined}>
      {seconds > limit && <Icon name="status-warning" size="inherit" ariaLabel={t('card.tooLong')} />}
      {formatDuration(seconds)}
    </span>
  );
}

/** Stands for what there is not, or not yet. */
function Absent() {
  const { t } = useTranslation();
  const arrival = useContext(ArrivalContext);
  const words = { here: t('card.none'), awaited: t('card.awaited'), failed: t('card.notKnown') };
  return (
    <span className="figure-absent" data-arrival={arrival}>
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">{words[arrival]}</span>
    </span>
  );
}
