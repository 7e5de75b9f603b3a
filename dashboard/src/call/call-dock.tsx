import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
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
  useFocusKept(panel, call.stage);
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
      return <Ringing contact={call.contact} offer={call.offer} />;
    case 'live':
      return <LiveCall contact={call.contact} />;
    case 'wrap-up':
      return <WrapUp wrapUp={call.wrapUp} contact={call.contact} />;
    case 'idle':
      return <Idle />;
  }
}

/** When the stage changes under a focused button, the focus stays in the panel instead of falling to the page's start. */
function useFocusKept(panel: React.RefObject<HTMLElement | null>, stage: CallStage['stage']): void {
  const inside = useRef(false);
  useLayoutEffect(() => {
    const note = () => {
      inside.current = panel.current?.contains(document.activeElement) ?? false;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, [panel]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the stage has changed, and only then
  useLayoutEffect(() => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (inside.current && lost) panel.current?.focus({ preventScroll: true });
  }, [stage]);
}
