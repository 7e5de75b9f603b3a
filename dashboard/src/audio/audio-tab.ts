/**
 * Of all tabs of this browser one carries the audio: the holder of a lock. When it closes, the next in line holds it.
 * Reference: https://www.w3.org/TR/web-locks/
 */
export interface AudioTab {
  /** Takes the lock from the tab that holds it. */
  take(): void;
  close(): void;
}

const NAME = 'guichet-audio';

export function joinAudioTabs(
  onHeld: (held: boolean) => void,
  locks: LockManager | undefined = navigator.locks,
): AudioTab {
  if (!locks) {
    onHeld(true); // without locks this tab can't know of others; the media node keeps the newest session
    return { take() {}, close() {} };
  }
  const closed = new AbortController();
  let holding = false;
  const tell = (held: boolean) => {
    holding = held;
    onHeld(held);
  };

  function hold(options: LockOptions): void {
    const held = locks?.request(NAME, options, () => {
      tell(true);
      return new Promise<void>((_, reject) =>
        closed.signal.addEventListener('abort', () => reject(closed.signal.reason)),
      );
    });
    held?.catch(() => {
      if (closed.signal.aborted) return;
      tell(false); // another tab took it: wait in line for the day that tab closes
      queue();
    });
  }
  const queue = () => hold({ signal: closed.signal });

  tell(false);
  queue();
  return {
    take: () => {
      if (!holding) hold({ steal: true });
    },
    close: () => closed.abort(),
  };
}
