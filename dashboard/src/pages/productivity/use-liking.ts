import { keptNames, useKept } from '../../settings/use-kept';
import { type CallType, callTypes, type FigureName, figures } from './calls';

/** The columns of a list of calls, in order; the first is always shown. */
export const columns = ['call', 'queue', 'talk', 'hold', 'wrapUp', 'outcome'] as const;
export type ColumnName = (typeof columns)[number];

/** How a person likes the page: which types of calls, of which queue, and what of them. */
export interface Liking {
  types: CallType[];
  figures: FigureName[];
  columns: ColumnName[];
  /** Whether the calls are listed one by one. */
  lists: boolean;
  /** Empty: all. */
  queueId: string;
  weekAs: 'chart' | 'table';
}

function repair(kept: unknown): Liking {
  const found = (kept ?? {}) as Partial<Record<keyof Liking, unknown>>;
  return {
    types: keptNames(found.types, callTypes),
    figures: keptNames(found.figures, figures),
    columns: keptNames(found.columns, columns),
    lists: found.lists !== false,
    queueId: typeof found.queueId === 'string' ? found.queueId : '',
    weekAs: found.weekAs === 'table' ? 'table' : 'chart',
  };
}

export function useLiking(): [Liking, (change: Partial<Liking>) => void] {
  const [liking, keep] = useKept('activity', repair);
  return [liking, (change) => keep({ ...liking, ...change })];
}
