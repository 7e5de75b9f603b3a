import type { Figures } from '../../api/report-model';

export type FigureName = keyof Figures;
export type Group = 'queue' | 'agent' | 'campaign' | 'channel';

/** What reports are of, in order. */
export const groups: readonly Group[] = ['queue', 'agent', 'campaign', 'channel'];

const ofCalls = ['talkSeconds', 'holdSeconds', 'wrapUpSeconds', 'handleSeconds', 'averageTalkSeconds'] as const;

const ofQueues: readonly FigureName[] = [
  'queued',
  'handled',
  'abandoned',
  'abandonPercent',
  'serviceLevelPercent',
  'averageWaitSeconds',
  'averageHandleSeconds',
  'opened',
  'resolved',
  'firstResponseSeconds',
  'answeredLevelPercent',
  'shortAbandoned',
  'timedOut',
  'overflowed',
  'failed',
  'incomplete',
  'callbacks',
  'answeredWithin',
  'removedWithin',
  'waitSeconds',
  'longestWaitSeconds',
  ...ofCalls,
  'assigned',
  'longestFirstResponseSeconds',
];

/** The figures that there are of each group, in the order of the columns. */
export const figuresOf: Readonly<Record<Group, readonly FigureName[]>> = {
  queue: ofQueues,
  channel: ofQueues,
  agent: [
    'calls',
    'handled',
    'averageHandleSeconds',
    'occupancyPercent',
    ...ofCalls,
    'chattingSeconds',
    'idleSeconds',
    'attempts',
    'resolved',
  ],
  campaign: ['taken', 'dialled', 'attempts', 'handled', 'incomplete', 'averageHandleSeconds', ...ofCalls],
};

/** So many of them are shown at first. */
const FIRST = 10;
export const firstFigures = (group: Group): readonly FigureName[] => figuresOf[group].slice(0, FIRST);

/** What a figure is counted in, as its name says. */
export function unitOf(figure: FigureName): 'number' | 'time' | 'percent' {
  if (figure.endsWith('Seconds')) return 'time';
  return figure.endsWith('Percent') ? 'percent' : 'number';
}

/** A figure's value. Numbers that are not named are 0; a rate or a time of nothing is none. */
export function figureValue(figures: Figures, figure: FigureName): number | undefined {
  return figures[figure] ?? (unitOf(figure) === 'number' ? 0 : undefined);
}

/** How much a row is about: those with most come first in charts. */
export const volumeOf = ({ queued = 0, opened = 0, calls = 0, taken = 0 }: Figures): number =>
  queued + opened + calls + taken;
