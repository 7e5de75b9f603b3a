/** The second that it is by the local clock, in milliseconds, told to all who listen at once: what ticks is drawn together. */
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;

export const currentSecond = (): number => Math.floor(Date.now() / 1000) * 1000;

function tick(): void {
  timer = setTimeout(tick, 1000 - (Date.now() % 1000));
  for (const listener of [...listeners]) listener();
}

export function onSecond(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setTimeout(tick, 1000 - (Date.now() % 1000));
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearTimeout(timer);
    timer = undefined;
  };
}
