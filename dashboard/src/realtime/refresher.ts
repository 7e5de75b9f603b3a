import { Backoff } from './backoff';

export interface Refresher {
  /** Runs the task; while it runs, it runs once more after. */
  now(): void;
  stop(): void;
}

/** Runs a task on request, one at a time, and again by itself, later and later, as long as it fails by answering false. */
export function createRefresher(task: () => Promise<boolean>): Refresher {
  const backoff = new Backoff(500, 10_000);
  let running = false;
  let again = false;
  let stopped = false;
  let retry: ReturnType<typeof setTimeout> | undefined;

  async function run(): Promise<void> {
    running = true;
    do {
      again = false;
      const done = await task();
      if (done) backoff.reset();
      else if (!stopped) retry = setTimeout(now, backoff.next());
    } while (again && !stopped);
    running = false;
  }

  function now(): void {
    clearTimeout(retry);
    if (running) again = true;
    else if (!stopped) void run();
  }

  return {
    now,
    stop() {
      stopped = true;
      clearTimeout(retry);
    },
  };
}
