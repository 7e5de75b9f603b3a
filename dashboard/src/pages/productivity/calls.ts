import type { ActivityDay, CallCount, LoggedCall } from '../../api/activity-api';

/** The three types of calls that are told apart, in order; as the API names them. */
export const callTypes = ['queueTaken', 'otherTaken', 'otherMade'] as const;
export type CallType = (typeof callTypes)[number];

/** The figures of a type of calls, in order. */
export const figures = ['calls', 'talk', 'averageTalk', 'handle', 'averageHandle'] as const;
export type FigureName = (typeof figures)[number];

/** The latest calls first; those of one queue, where one is chosen and the type has queues. */
export function callsOf(day: ActivityDay, type: CallType, queueId: string): LoggedCall[] {
  const all = [...day[type].list].reverse();
  return type === 'queueTaken' && queueId ? all.filter((call) => call.queueId === queueId) : all;
}

/** Counts calls as the server does. */
export function countCalls(calls: readonly LoggedCall[]): CallCount {
  const sum = (of: (call: LoggedCall) => number) => calls.reduce((total, call) => total + of(call), 0);
  const talkSeconds = sum((call) => call.talkSeconds);
  const handleSeconds = sum((call) => call.handleSeconds);
  const count = { calls: calls.length, talkSeconds, handleSeconds };
  if (calls.length === 0) return count;
  return {
    ...count,
    averageTalkSeconds: talkSeconds / calls.length,
    averageHandleSeconds: handleSeconds / calls.length,
  };
}

/** The queues that calls of these days came from. */
export const queuesOf = (days: readonly ActivityDay[]): string[] => [
  ...new Set(days.flatMap(({ queueTaken }) => queueTaken.list.flatMap(({ queueId }) => queueId ?? []))),
];
