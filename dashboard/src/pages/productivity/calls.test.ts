import { describe, expect, it } from 'vitest';
import type { ActivityDay, LoggedCall } from '../../api/activity-api';
import { callsOf, countCalls, queuesOf } from './calls';

const call = (contactId: string, queueId: string | undefined, talkSeconds: number, wrapUpSeconds = 0): LoggedCall => ({
  contactId,
  ...(queueId && { queueId }),
  kind: 'inbound',
  outcome: 'handled',
  acceptedAt: '2026-11-26T09:00:00Z',
  endedAt: '2026-11-26T09:02:00Z',
  talkSeconds,
  wrapUpSeconds,
  holdSeconds: 0,
  waitSeconds: 0,
  handleSeconds: talkSeconds + wrapUpSeconds,
});

const list = (...calls: LoggedCall[]) => ({ ...countCalls(calls), list: calls });

const day: ActivityDay = {
  date: '2026-11-26',
  queueTaken: list(call('a', 'q-support', 60, 30), call('b', 'q-sales', 20), call('c', 'q-support', 30)),
  otherTaken: list(),
  otherMade: list(call('d', undefined, 5)),
};

const ids = (calls: LoggedCall[]) => calls.map(({ contactId }) => contactId);

describe('the calls of a day', () => {
  it('are those of the type, the latest first', () => {
    expect(ids(callsOf(day, 'queueTaken', ''))).toEqual(['c', 'b', 'a']);
    expect(ids(callsOf(day, 'otherTaken', ''))).toEqual([]);
  });

  it('are those of one queue where one is chosen; other calls have no queue', () => {
    expect(ids(callsOf(day, 'queueTaken', 'q-support'))).toEqual(['c', 'a']);
    expect(ids(callsOf(day, 'otherMade', 'q-support'))).toEqual(['d']);
    expect(queuesOf([day, day])).toEqual(['q-support', 'q-sales']);
  });

  it('are counted with averages; of no call there is none', () => {
    expect(countCalls(callsOf(day, 'queueTaken', 'q-support'))).toEqual({
      calls: 2,
      talkSeconds: 90,
      handleSeconds: 120,
      averageTalkSeconds: 45,
      averageHandleSeconds: 60,
    });
    expect(countCalls([])).toEqual({ calls: 0, talkSeconds: 0, handleSeconds: 0 });
  });
});
