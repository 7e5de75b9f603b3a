import { useEffect } from 'react';
import { useDesk } from '../desk/desk-context';
import type { Desk } from '../desk/desk-runtime';
import { type CallStage, joined, selectCall, selectMe } from '../desk/selectors';
import { preferences } from '../settings/preferences';

export type ShortcutName = 'accept' | 'decline' | 'mute' | 'hold' | 'transfer' | 'end' | 'wrapUp' | 'ready' | 'dial';

/** As in aria-keyshortcuts. Two modifiers keep them clear of typing, of browsers and of screen readers. */
export const shortcutKeys: Readonly<Record<ShortcutName, string>> = {
  accept: 'Alt+Shift+A',
  decline: 'Alt+Shift+D',
  mute: 'Alt+Shift+M',
  hold: 'Alt+Shift+H',
  transfer: 'Alt+Shift+X',
  end: 'Alt+Shift+E',
  wrapUp: 'Alt+Shift+W',
  ready: 'Alt+Shift+R',
  dial: 'Alt+Shift+C',
};

export const HELP_KEY = '?';

/** The letter pressed: as the layout has it, or by its place where the modifiers turn it into another sign (macOS). */
export function letterOf({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): string {
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  return /^Key[A-Z]$/.test(code) ? code.slice(3) : '';
}

export function shortcutFor(event: KeyboardEvent): ShortcutName | undefined {
  if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey || event.repeat) return undefined;
  const pressed = `Alt+Shift+${letterOf(event)}`;
  return (Object.keys(shortcutKeys) as ShortcutName[]).find((name) => shortcutKeys[name] === pressed);
}

/** Whether what has the focus takes text, so that a plain character belongs to it. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('input:not([type=checkbox], [type=radio], [type=range]), textarea, select'));

type LiveCall = Extract<CallStage, { stage: 'live' }>;

function perform(name: ShortcutName, desk: Desk): void {
  const { store, actions, dialler } = desk;
  const call = selectCall(store.get());
  const me = selectMe(store.get());
  if (name === 'ready' && me && joined(me).length > 0) void actions.setStatus({ status: 'ready' });
  if (name === 'dial' && me) dialler.toggle();
  if (call.stage === 'ringing' && name === 'accept') void actions.accept(call.contact);
  if (call.stage === 'ringing' && name === 'decline') void actions.decline(call.contact);
  if (call.stage === 'live') performInCall(name, call, desk);
  if (call.stage === 'wrap-up' && name === 'wrapUp') void actions.endWrapUp(call.wrapUp.contactId);
}

function performInCall(name: ShortcutName, { contact, asGuest }: LiveCall, desk: Desk): void {
  const { actions, microphone, callTool } = desk;
  if (name === 'end') void actions.end(contact);
  if (contact.state !== 'connected') return;
  if (name === 'mute') microphone.toggle();
  if (asGuest) return; // the customer is their colleague's
  if (name === 'hold') void actions.hold(contact, !contact.heldAt);
  if (name === 'transfer' && !contact.guest) callTool.toggle(contact.id, 'transfer');
}

/** Listens for the shortcuts on the whole page, unless the agent turned them off. */
export function useShortcuts(onHelp: () => void): void {
  const desk = useDesk();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!preferences.get().shortcuts) return;
      const name = shortcutFor(event);
      if (name) {
        event.preventDefault();
        perform(name, desk);
      } else if (event.key === HELP_KEY && !isTyping(event.target)) {
        onHelp();
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [desk, onHelp]);
}
