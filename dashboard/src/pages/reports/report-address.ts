import { isDay } from '../../i18n/days';
import { type FigureName, figuresOf, type Group, groups } from './report-figures';
import { type Preset, presets, type Range, type Step, steps } from './report-period';

/** A report, as its address says: it can be kept as a bookmark, and "back" leads to the one before. */
export interface ReportAddress {
  period: Preset | Range;
  by: Step;
  group: Group;
  /** Which queues, agents or campaigns; none: all. */
  ids: string[];
  view: 'table' | 'chart';
  /** What the chart shows. */
  figure: FigureName;
}

const oneOf = <T extends string>(known: readonly T[], text: string | null): T | undefined =>
  known.find((one) => one === text);

export function addressOf(search: URLSearchParams): ReportAddress {
  const [from, to] = [search.get('from'), search.get('to')];
  const group = oneOf(groups, search.get('group')) ?? 'queue';
  const [first = 'queued'] = figuresOf[group];
  return {
    period: isDay(from) && isDay(to) ? { from, to } : (oneOf(presets, search.get('period')) ?? 'last7'),
    by: oneOf(steps, search.get('by')) ?? 'day',
    group,
    ids: search.getAll('id').filter(Boolean),
    view: search.get('view') === 'chart' ? 'chart' : 'table',
    figure: oneOf(figuresOf[group], search.get('figure')) ?? first,
  };
}

/** Names the whole report: an address that was kept shows the same, whatever becomes usual. */
export function searchOf({ period, by, group, ids, view, figure }: ReportAddress): URLSearchParams {
  const days: Record<string, string> = typeof period === 'string' ? { period } : { from: period.from, to: period.to };
  const search = new URLSearchParams({ ...days, by, group });
  for (const id of ids) search.append('id', id);
  if (view === 'chart') search.set('view', view);
  if (figure !== figuresOf[group][0]) search.set('figure', figure);
  return search;
}

/** What remains when a part changes: others' names mean nothing, and agents are not reported by hour. */
export function changed(address: ReportAddress, change: Partial<ReportAddress>): ReportAddress {
  const next = { ...address, ...change };
  if (next.group === address.group) return next;
  const [first = 'queued'] = figuresOf[next.group];
  return {
    ...next,
    ids: [],
    figure: figuresOf[next.group].includes(next.figure) ? next.figure : first,
    by: next.group === 'agent' && next.by === 'hour' ? 'day' : next.by,
  };
}
