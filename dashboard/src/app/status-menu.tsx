import ButtonDropdown, { type ButtonDropdownProps } from '@cloudscape-design/components/button-dropdown';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Agent } from '../api/model';
import { useDesk, useDeskState } from '../desk/desk-context';
import { pauseReasonName } from '../desk/pause-reason';
import { type Standing, selectMe, standingOf } from '../desk/selectors';
import { standingText } from '../desk/standing-text';
import { secondsBetween, useServerNow } from '../desk/use-server-now';
import { formatDuration, formatTime } from '../i18n/format';
import { StatusDot } from './status-dot';
import { useNarrow } from './use-narrow';

const PAUSE = 'pause:';

/** The agent status menu: Ready, pause reasons and log-out, for every joined queue at once. */
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
  const standing = standingOf(me);
  const text = standingText(t, standing);

  const choose = (id: string) => {
    if (id === 'log-in') void navigate('/desk');
    else if (id.startsWith(PAUSE)) void actions.setStatus({ status: 'paused', reason: id.slice(PAUSE.length) });
    else void actions.setStatus({ status: id === 'ready' ? 'ready' : 'out' });
  };

  const hint = useStandingHint(standing);
  const items: ButtonDropdownProps.ItemOrGroup[] =
    standing.status === 'out'
      ? [{ text: hint, items: [{ id: 'log-in', text: t('status.logIn') }] }]
      : [
          { text: hint, items: [{ id: 'ready', text: t('status.goReady'), disabled: standing.status === 'ready' }] },
          {
            text: t('status.pauses'),
            items: pauseReasons.map((reason) => ({ id: PAUSE + reason, text: pauseReasonName(t, reason) })),
          },
          { id: 'out', text: t('status.logOut') },
        ];

  return (
    <ButtonDropdown
      items={items}
      ariaLabel={t('status.menu', { status: text })}
      loading={pending}
      onItemClick={({ detail }) => choose(detail.id)}
    >
      <span className="status-label">
        <StatusDot status={standing.status} />
        <span className="status-text">{text}</span>
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
