import { useSyncExternalStore } from 'react';
import type { MessageTone } from '../audio/message-tones';

/** What a person set for this browser. Nothing secret: it is kept in local storage. */
export interface Preferences {
  language: 'fr' | 'en';
  appearance: 'system' | 'light' | 'dark';
  /** Device ids; empty for the system's default. */
  microphone: string;
  speaker: string;
  ringer: string;
  /** 0 to 100. */
  ringVolume: number;
  messageTone: MessageTone;
  /** 0 to 100. */
  messageVolume: number;
  desktopNotifications: boolean;
  shortcuts: boolean;
}

const KEY = 'guichet.preferences';

const browserLanguage = (): Preferences['language'] =>
  navigator.languages?.find((tag) => /^(fr|en)\b/.test(tag))?.startsWith('fr') ? 'fr' : 'en';

function load(): Preferences {
  const defaults: Preferences = {
    language: browserLanguage(),
    appearance: 'system',
    microphone: '',
    speaker: '',
    ringer: '',
    ringVolume: 60,
    messageTone: 'chime',
    messageVolume: 60,
    desktopNotifications: false,
    shortcuts: true,
  };
  try {
    return { ...defaults, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) };
  } catch {
    return defaults; // damaged or forbidden storage: the preferences last as long as the page
  }
}

function createPreferences() {
  let current = load();
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };
  window.addEventListener('storage', ({ key }) => {
    if (key !== KEY) return;
    current = load();
    tell();
  });
  return {
    get: () => current,
    set(change: Partial<Preferences>) {
      current = { ...current, ...change };
      try {
        localStorage.setItem(KEY, JSON.stringify(current));
      } catch {
        // Storage is full or forbidden: as above.
      }
      tell();
    },
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const preferences = createPreferences();

export const usePreferences = (): Preferences => useSyncExternalStore(preferences.subscribe, preferences.get);
