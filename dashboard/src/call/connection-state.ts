import type { Contact } from '../api/model';
import type { AudioState } from '../audio/audio-state';
import { isDialling } from '../desk/call-kind';
import type { Link } from '../desk/desk-state';

/** How a live call stands, as keys under `call`, with Cloudscape's indicator for it. */
export interface ConnectionState {
  message:
    | 'connecting'
    | 'dialling'
    | 'connected'
    | 'audioReconnecting'
    | 'audioBlocked'
    | 'audioElsewhere'
    | 'offline';
  indicator: 'success' | 'loading' | 'warning' | 'error' | 'info';
}

/** The first thing that stands between agent and customer, if any. */
export function connectionState(contact: Contact, audio: AudioState, link: Link): ConnectionState {
  if (audio.phase === 'elsewhere') return { message: 'audioElsewhere', indicator: 'info' };
  if (audio.phase === 'blocked') return { message: 'audioBlocked', indicator: 'error' };
  if (audio.phase !== 'up') {
    const opening = contact.state === 'connecting' && audio.phase === 'starting';
    return { message: opening ? 'connecting' : 'audioReconnecting', indicator: opening ? 'loading' : 'warning' };
  }
  if (link === 'lost') return { message: 'offline', indicator: 'warning' };
  if (contact.state === 'connecting') {
    return { message: isDialling(contact) ? 'dialling' : 'connecting', indicator: 'loading' };
  }
  return { message: 'connected', indicator: 'success' };
}
