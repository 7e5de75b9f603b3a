import type { AudioSession } from '../audio/audio-session';
import type { DeskStore } from './desk-store';
import { selectCall } from './selectors';

/** Under this the browser keeps, for reloads and for its other tabs, in which call the agent is muted. */
const KEY = 'guichet.muted';

/**
 * When the agent's microphone is closed in a call: as the agent wishes, until the call ends; and on hold, from the moment the
 * agent asks for it, whatever the media node knows. A third party in the call hears the agent while the customer is on hold.
 */
export class CallMicrophone {
  private contactId = '';

  constructor(
    private readonly store: DeskStore,
    private readonly audio: Pick<AudioSession, 'get' | 'mute'>,
    private readonly memory: Storage,
  ) {
    store.subscribe(() => this.follow());
  }

  /** Only in a call, outside of which nobody listens, and not if the microphone is on another device. */
  toggle(): void {
    const { muted, elsewhere } = this.audio.get();
    if (!this.contactId || elsewhere === 'device') return;
    const on = !muted.includes('agent');
    this.audio.mute('agent', on);
    if (on) this.memory.setItem(KEY, this.contactId);
    else this.memory.removeItem(KEY);
  }

  /** What was chosen in another tab, or before this one was reloaded. */
  recall(): void {
    this.audio.mute('agent', this.contactId !== '' && this.memory.getItem(KEY) === this.contactId);
  }

  private follow(): void {
    const state = this.store.get();
    if (!state.me) return;
    const call = selectCall(state);
    const contact = call.stage === 'live' ? call.contact : undefined;
    const held = contact !== undefined && (Boolean(contact.heldAt) || state.pending.includes('hold'));
    this.audio.mute('hold', held && contact.guest?.state !== 'joined');
    if (contact?.id === this.contactId) return;
    const over = this.contactId !== '';
    this.contactId = contact?.id ?? '';
    if (over) this.memory.removeItem(KEY);
    this.recall();
  }
}
