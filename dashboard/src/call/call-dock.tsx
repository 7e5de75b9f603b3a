import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFocusKept } from '../app/use-focus-kept';
import { useDeskState } from '../desk/desk-context';
import { type CallStage, selectCall } from '../desk/selectors';
import { Idle } from './idle';
import { LiveCall } from './live-call';
import { Ringing } from './ringing';
import { WrapUp } from './wrap-up';

/**
 * The call panel: docked, a column of the desk; otherwise a card above the page while there is something to show.
 * It never takes the focus from where the agent works.
 */
export function CallDock({ docked = false }: { docked?: boolean }) {
  const { t } = useTranslation();
  const call = useDeskState(selectCall);
  const panel = useRef<HTMLElement>(null);
  useFocusKept(panel, shownIn(call));
  if (call.stage === 'idle' && !docked) return null;
  return (
    <section
      ref={panel}
      className="call-dock"
      data-stage={call.stage}
      data-docked={docked}
      aria-label={t('call.region')}
      tabIndex={-1}
    >
      {content(call)}
    </section>
  );
}

function content(call: CallStage): ReactNode {
  switch (call.stage) {
    case 'ringing':
      return <Ringing contact={call.contact} offer={call.offer} asGuest={call.asGuest} />;
    case 'live':
      return <LiveCall contact={call.contact} asGuest={call.asGuest} />;
    case 'wrap-up':
      return <WrapUp wrapUp={call.wrapUp} contact={call.contact} />;
    case 'idle':
      return <Idle />;
  }
}

/** Names what the panel shows: with something else, its buttons are others. */
function shownIn(call: CallStage): string {
  if (call.stage !== 'live') return call.stage;
  const { playback, guest } = call.contact;
  return [call.stage, call.asGuest, playback?.id, guest?.id, guest?.state].join(' ');
}
