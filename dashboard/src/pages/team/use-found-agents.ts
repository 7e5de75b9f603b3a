import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../desk/desk-context';
import { useDerived } from '../../desk/use-derived';
import { findAgents, type Place, type TeamQuery, withKept } from '../../team/team-list';

/** Keeps the row of an agent where it is. */
export interface Keeping {
  keep: (id: string) => void;
  letGo: () => void;
}

/** The agents that are looked for, live. One whom somebody is about to act on stays where they are meanwhile. */
export function useFoundAgents(query: TeamQuery): Keeping & { found: readonly string[] } {
  const { i18n } = useTranslation();
  const { store } = useDesk();
  const compare = useMemo(() => new Intl.Collator(i18n.language, { numeric: true }).compare, [i18n.language]);
  const [kept, setKept] = useState<Place>();
  const found = useDerived(store, (state) => withKept(findAgents(state, query, compare), kept));
  const latest = useRef(found);
  latest.current = found;
  const release = useRef<ReturnType<typeof setTimeout>>(undefined);
  const keep = useCallback((id: string) => {
    clearTimeout(release.current);
    setKept((before) => (before?.id === id ? before : { id, index: latest.current.indexOf(id) }));
  }, []);
  // A focus that goes from a button into its menu comes in a moment.
  const letGo = useCallback(() => {
    release.current = setTimeout(() => setKept(undefined));
  }, []);
  return { found, keep, letGo };
}
