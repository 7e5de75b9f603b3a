import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCallText, useColleagueName, useGuestName } from '../desk/call-text';
import { useAudio, useDesk, useDeskState } from '../desk/desk-context';
import { type CallStage, selectCall } from '../desk/selectors';
import { preferences } from '../settings/preferences';
import { type AnnouncementKey, announcement } from './announcement';
import { shortcutKeys } from './shortcuts';

/** Says aloud, to screen readers, what happens to calls; the focus stays where it is. */
export function Announcer() {
  const { t } = useTranslation();
  const { store } = useDesk();
  const spoken = useSpoken();
  const call = useDeskState(selectCall);
  const before = useRef<CallStage>({ stage: 'idle' });
  const [text, setText] = useState('');

  useEffect(() => {
    const previous = before.current;
    before.current = call;
    const last = 'contact' in previous ? previous.contact : undefined;
    const over = last !== undefined && store.get().contacts[last.id]?.state === 'ended';
    const key = announcement(previous, call, over);
    if (key) setText(spoken(key, call));
  }, [call, store, spoken]);

  const muted = useAudio().muted.includes('agent');
  const wasMuted = useRef(muted);
  useEffect(() => {
    if (muted === wasMuted.current) return;
    wasMuted.current = muted;
    // A call that ends takes the mute with it: that it has ended is what matters then.
    if (selectCall(store.get()).stage === 'live') setText(muted ? t('announce.muted') : t('announce.unmuted'));
  }, [muted, store, t]);

  return (
    <div className="visually-hidden" role="status" aria-live="assertive">
      {text}
    </div>
  );
}

function useSpoken(): (key: AnnouncementKey, call: CallStage) => string {
  const { t } = useTranslation();
  const textOf = useCallText();
  const colleague = useColleagueName();
  const guestName = useGuestName();
  return (key, call) => {
    if (key === 'ringing') {
      if (call.stage !== 'ringing') return '';
      const { title, origin, who, detail, attempt } = textOf(call.contact, call.asGuest);
      const caller = [title, origin, who, detail, attempt].filter(Boolean).join(', ');
      return preferences.get().shortcuts
        ? t('announce.ringingWithKeys', { caller, keys: shortcutKeys.accept })
        : `${caller}.`;
    }
    const { guest, playback, agentId } = call.stage === 'live' ? call.contact : {};
    const asGuest = call.stage === 'live' && call.asGuest;
    const name = guest && !asGuest ? guestName(guest) : colleague(agentId);
    return t(`announce.${key}`, { message: playback?.name ?? '', name });
  };
}
