import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../desk/desk-context';
import { useDerived } from '../../desk/use-derived';
import { localeOf } from '../../i18n/locale';
import { findAgents, type Place, type TeamQuery, withKept } from '../../team/team-list';

/** Milliseconds in which the focus is back from a dialog that has been closed. */
const FOCUS_RETURNS = 1000;

/** Keeps the row of an agent where it is. */
export interface Keeping {
  keep: (id: string) => void;
  letGo: () => void;
}

/**
 * The agents that are looked for, live. One whom somebody is about to act on stays where they are meanwhile: as long as the focus
 * is there, or a dialog about them is open.
 */
export function useFoundAgents(query: TeamQuery, open: boolean): Keeping & { found: readonly string[] } {
  const { i18n } = useTranslation();
  const { store } = useDesk();
  const compare = useMemo(() => new Intl.Collator(localeOf(i18n.language), { numeric: true }).compare, [i18n.language]);
  const [kept, setKept] = useState<Place>();
  const found = useDerived(store, (state) => withKept(findAgents(state, query, compare), kept));
  const latest = useRef(found);
  latest.current = found;
  const release = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isOpen = useRef(open);
  isOpen.current = open;
  const keep = useCallback((id: string) => {
    clearTimeout(release.current);
    const index = latest.current.indexOf(id);
    setKept((before) => (before?.id === id || index < 0 ? before : { id, index }));
  }, []);
  // A focus that goes from one button to the next comes in a moment.
  const letGo = useCallback(() => {
    release.current = setTimeout(() => isOpen.current || setKept(undefined));
  }, []);
  useEffect(() => {
    if (!open) release.current = setTimeout(() => setKept(undefined), FOCUS_RETURNS);
  }, [open]);
  return { found, keep, letGo };
}
