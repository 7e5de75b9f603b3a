import type { TFunction } from 'i18next';
import type { StatusChange } from '../api/client';
import type { Agent } from '../api/model';
import { pauseReasonName } from './pause-reason';
import type { CallStage } from './selectors';

/** Whether a status that the agent chooses is meant for when the call and its wrap-up are over. */
export const occupied = ({ stage }: CallStage): boolean => stage === 'live' || stage === 'wrap-up';

/** What was chosen for later, and when that is; undefined when nothing was. */
export function nextText(t: TFunction, { next }: Agent, { stage }: CallStage): string | undefined {
  if (!next) return undefined;
  const names = { ready: t('status.ready'), out: t('status.out'), paused: pauseReasonName(t, next.reason ?? '') };
  const status = names[next.status];
  return stage === 'wrap-up' ? t('status.nextAfterWrapUp', { status }) : t('status.nextAfterCall', { status });
}

/**
 * A status that the agent has already. Chosen again it changes nothing, but what was chosen for later is forgotten: the latest
 * choice counts. Undefined if there is none that can be chosen.
 */
export function unchanged({ memberships }: Agent): StatusChange | undefined {
  const same =
    memberships.find(({ status }) => status !== 'paused') ?? memberships.find(({ reason }) => reason !== 'missed');
  if (!same) return undefined;
  const { queueId, status, reason } = same;
  return { status, queues: [queueId], ...(reason && { reason }) };
}
