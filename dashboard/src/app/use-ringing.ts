import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { callerLines, usePhoneFormat } from '../desk/caller';
import { useAudio, useDesk, useDeskState } from '../desk/desk-context';
import { selectCall } from '../desk/selectors';
import { preferences } from '../settings/preferences';

/**
 * Sounds the ringtone while a call rings, and the ringback tone while the customer's telephone does, in the one tab that has
 * the audio; and shows a system notification if wanted.
 */
export function useRinging(): void {
  const { t } = useTranslation();
  const { tones } = useDesk();
  const format = usePhoneFormat();
  const elsewhere = useAudio().phase === 'elsewhere';
  const call = useDeskState(selectCall);
  const queues = useDeskState((state) => state.queues);
  const contact = call.stage === 'ringing' ? call.contact : undefined;
  const rings = contact !== undefined && !elsewhere;

  useEffect(() => {
    if (!rings) return;
    tones.startRinging();
    return () => tones.stopRinging();
  }, [rings, tones]);

  const dialling = call.stage === 'live' && call.contact.kind === 'outbound' && call.contact.state === 'connecting';
  const ringsThere = dialling && !elsewhere;
  useEffect(() => {
    if (!ringsThere) return;
    tones.startRingback();
    return () => tones.stopRinging();
  }, [ringsThere, tones]);

  const queue = queues.find(({ id }) => id === contact?.queueId)?.name ?? '';
  const title = rings ? t('notification.title', { queue }) : '';
  const lines = contact && callerLines(t, contact, format);
  const body = lines ? [lines.title, lines.detail].filter(Boolean).join('\n') : '';
  useEffect(() => {
    if (!title || !document.hidden || !preferences.get().desktopNotifications) return;
    const notification = new Notification(title, { body, icon: '/favicon.svg', requireInteraction: true });
    notification.onclick = () => {
      window.focus();
      notification.close();
    };
    return () => notification.close();
  }, [title, body]);
}
