import { useEffect, useState } from 'react';
import { useDeskState } from './desk-context';

/** The server's time in milliseconds, read anew every second, on the second of the local clock. */
export function useServerNow(): number {
  const offset = useDeskState((state) => state.clockOffset);
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      setNow(Date.now());
      timer = setTimeout(tick, 1000 - (Date.now() % 1000));
    };
    tick();
    return () => clearTimeout(timer);
  }, []);
  return now + offset;
}

/** Seconds from one moment to another; a missing one gives 0. */
export const secondsBetween = (from: string | number | undefined, to: string | number | undefined): number =>
  from === undefined || to === undefined ? 0 : (new Date(to).getTime() - new Date(from).getTime()) / 1000;
