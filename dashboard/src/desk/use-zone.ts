import { useCallback, useState } from 'react';
import { browserZone } from './use-today';

/** The centre's zone, remembered once an answer has named it. */
let known = '';

/** The zone by which days are, and the way to learn it. */
export function useZone(): [string, (named: string | undefined) => void] {
  const [zone, setZone] = useState(known || browserZone());
  const learn = useCallback((named: string | undefined) => {
    if (!named) return;
    known = named;
    setZone(named);
  }, []);
  return [zone, learn];
}
