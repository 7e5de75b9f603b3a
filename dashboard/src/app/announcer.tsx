import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contact } from '../api/model';
import { callerLines, usePhoneFormat } from '../desk/caller';
import { useAudio, useDesk, useDeskState } from '../desk/desk-context';
import { type CallStage, selectCall } from '../desk/selectors';
import { preferences } from '../settings/preferences';
import { announcement } from './announcement';
import { shortcutKeys } from './shortcuts';

const contactOf = (call: CallStage): Contact | undefined => ('contact' in call ? call.contact : undefined);

/** Says aloud, to screen readers, what happens to calls; the focus stays where it is. */
export function Announcer() {
  const { t } = useTranslation();
  const { store } = useDesk();
  const format = usePhoneFormat();
  const call = useDeskState(selectCall);
  const before = useRef<CallStage>({ stage: 'idle' });
  const [text, setText] = useState('');

  useEffect(() => {
    const previous = before.current;
    before.current = call;
    const last = contactOf(previous);
    const { contacts, queues } = store.get();
    const callerLeft = last !== undefined && contacts[last.id]?.state === 'ended';
    const key = announcement(previous, call, callerLeft);
    if (!key) return;
    if (call.stage !== 'ringing' || key !== 'ringing') {
      const message = call.stage === 'live' ? (call.contact.playback?.name ?? '') : '';
      setText(t(`announce.${key as Exclude<typeof key, 'ringing'>}`, { message }));
      return;
    }
    const queue = queues.find(({ id }) => id === call.contact.queueId)?.name ?? '';
    const { title, detail } = callerLines(t, call.contact, format);
    const caller = [title, detail].filter(Boolean).join(', ');
    setText(
      preferences.get().shortcuts
        ? t('announce.ringingWithKeys', { queue, caller, keys: shortcutKeys.accept })
        : t('announce.ringing', { queue, caller }),
    );
  }, [call, store, t, format]);

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
