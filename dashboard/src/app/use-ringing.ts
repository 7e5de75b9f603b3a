import { useEffect } from 'react';
import type { Contact } from '../api/model';
import { isDialling } from '../desk/call-kind';
import { useCallText } from '../desk/call-text';
import { useAudio, useDesk, useDeskState } from '../desk/desk-context';
import { selectCall } from '../desk/selectors';
import { preferences } from '../settings/preferences';

/**
 * Sounds the ringtone while a call rings, and the ringback tone while the telephone of a customer or a third party does, in the
 * one tab that has the audio; and shows a system notification if wanted.
 */
export function useRinging(): void {
  const { tones } = useDesk();
  const textOf = useCallText();
  const elsewhere = useAudio().phase === 'elsewhere';
  const call = useDeskState(selectCall);
  const country = useDeskState((state) => state.settings.country);
  const contact = call.stage === 'ringing' ? call.contact : undefined;
  const rings = contact !== undefined && !elsewhere;

  useEffect(() => {
    if (!rings) return;
    tones.startRinging();
    return () => tones.stopRinging();
  }, [rings, tones]);

  const ringsThere = call.stage === 'live' && !call.asGuest && ringsElsewhere(call.contact) && !elsewhere;
  useEffect(() => {
    if (!ringsThere) return;
    tones.startRingback(country);
    return () => tones.stopRinging();
  }, [ringsThere, tones, country]);

  const text = call.stage === 'ringing' && rings ? textOf(call.contact, call.asGuest) : undefined;
  const title = text ? [text.title, text.origin].filter(Boolean).join(' · ') : '';
  const body = text ? [text.who, text.detail, text.attempt].filter(Boolean).join('\n') : '';
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

/** Somebody is called on the agent's behalf, and nobody else is there to be heard. */
const ringsElsewhere = (contact: Contact): boolean =>
  isDialling(contact) || (contact.guest?.state === 'ringing' && Boolean(contact.heldAt));
