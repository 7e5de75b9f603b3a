import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Agent } from '../api/model';
import { useDesk, useDeskState } from '../desk/desk-context';
import { nextText, occupied, unchanged } from '../desk/next-status';
import { type Standing, selectCall, selectMe, standingOf } from '../desk/selectors';
import { standingText } from '../desk/standing-text';
import { secondsBetween, useServerNow } from '../desk/use-server-now';
import { formatDuration, formatTime } from '../i18n/format';
import { StatusDot } from './status-dot';
import { changeOf, KEEP, LOG_IN, occupiedItems, statusItems } from './status-items';
import { useNarrow } from './use-narrow';

/** The agent status menu: Ready, pause reasons and log-out, for every joined queue together. */
export function StatusMenu() {
  const me = useDeskState(selectMe);
  return me ? <Menu me={me} /> : null;
}

function Menu({ me }: { me: Agent }) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const navigate = useNavigate();
  const { actions } = useDesk();
  const pauseReasons = useDeskState((state) => state.pauseReasons);
  const pending = useDeskState((state) => state.pending.includes('status'));
  const call = useDeskState(selectCall);
  const standing = standingOf(me);
  const text = standingText(t, standing);
  const next = nextText(t, me, call);

  const choose = (id: string) => {
    if (id === LOG_IN) return void navigate('/desk');
    const change = id === KEEP ? unchanged(me) : changeOf(id);
    if (change) void actions.setStatus(change);
  };

  const hint = useStandingHint(standing);
  const items =
    occupied(call) && standing.status !== 'out'
      ? occupiedItems(t, me, pauseReasons, call)
      : statusItems(t, me, pauseReasons, hint);

  return (
    <ButtonDropdown
      items={items}
      ariaLabel={t('status.menu', { status: next ? `${text}. ${next}` : text })}
      loading={pending}
      onItemClick={({ detail }) => choose(detail.id)}
    >
      <span className="status-label">
        <StatusDot status={standing.status} />
        <span className="status-texts">
          <span className="status-text">{text}</span> {next && <span className="status-next">{next}</span>}
        </span>
        {!narrow && 'since' in standing && standing.since && <Elapsed since={standing.since} />}
      </span>
    </ButtonDropdown>
  );
}

/** Ticks beside the status; drawn by the style sheet, so that the button's name stays what it says. */
function Elapsed({ since }: { since: string }) {
  const now = useServerNow();
  return <span className="status-clock" data-clock={formatDuration(secondsBetween(since, now))} aria-hidden="true" />;
}

/** Since when the status holds, or what it means. */
function useStandingHint(standing: Standing): string {
  const { t, i18n } = useTranslation();
  const now = useServerNow();
  if (standing.status === 'out') return t('status.outHint');
  if (standing.status === 'mixed') return t('status.mixedHint');
  const { since } = standing;
  if (!since) return '';
  const duration = formatDuration(secondsBetween(since, now));
  return t('status.since', { time: formatTime(since, i18n.language), duration });
}
