export interface PageEvents {
  onOnline: () => void;
  /** The agent looks at the page again, after so many milliseconds; its timers may have slept. */
  onVisible: (hiddenFor: number) => void;
  onOffline: () => void;
  /** The page is being left or put away. */
  onLeave: () => void;
  /** The browser brought the page back from its cache, with connections that are dead. */
  onReturn: () => void;
  onDevices: () => void;
  /** The agent clicked or pressed a key: sounds are allowed from now on. */
  onGesture: () => void;
}

/** Listens to what happens to the page as a whole, for as long as it lives. */
export function watchPage(events: PageEvents): void {
  window.addEventListener('online', events.onOnline);
  window.addEventListener('offline', events.onOffline);
  let hiddenSince = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') events.onVisible(Date.now() - hiddenSince);
    else hiddenSince = Date.now();
  });
  window.addEventListener('pagehide', events.onLeave);
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) events.onReturn();
  });
  for (const gesture of ['pointerdown', 'keydown']) {
    document.addEventListener(gesture, events.onGesture, { capture: true });
  }
  navigator.mediaDevices?.addEventListener('devicechange', events.onDevices);
  navigator.permissions
    ?.query({ name: 'microphone' as PermissionName })
    .then((permission) => permission.addEventListener('change', events.onDevices))
    .catch(() => {
      // Not every browser can tell; the message offers a button to try again.
    });
}
