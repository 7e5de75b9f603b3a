import type { ButtonDropdownProps } from '@cloudscape-design/components/button-dropdown';
import type { TFunction } from 'i18next';
import type { StatusChange } from '../api/client';
import type { Agent, Queue, Status } from '../api/model';
import { pauseReasonName } from '../desk/pause-reason';
import { joined, standingOf } from '../desk/selectors';
import type { Doing } from './doing';

type Item = ButtonDropdownProps.Item;
type Group = ButtonDropdownProps.ItemGroup;

/** The item that leads to the agent's day. */
export const DAY = 'day';

/** For which queues a choice is: every joined one, now or after the call; every assigned one; or one by its id. */
type Scope = 'joined' | 'later' | 'assigned' | `queue:${string}`;

interface Choice {
  status: Status;
  reason?: string;
}

const idOf = (scope: Scope, { status, reason = '' }: Choice): string => JSON.stringify([scope, status, reason]);

/** What an item stands for. */
export function changeOf(id: string, agent: Agent): StatusChange {
  const [scope, status, reason] = JSON.parse(id) as [Scope, Status, string];
  const choice = { status, ...(reason && { reason }) };
  if (scope === 'later') return { ...choice, later: true };
  if (scope === 'assigned') return { ...choice, queues: agent.memberships.map(({ queueId }) => queueId) };
  return scope === 'joined' ? choice : { ...choice, queues: [scope.slice('queue:'.length)] };
}

/**
 * What a supervisor can choose for an agent. As on the agent's own desk, a choice during a call and its wrap-up is meant for the
 * time after them, unless another is picked.
 */
export function agentItems(
  t: TFunction,
  agent: Agent,
  doing: Doing,
  queues: readonly Queue[],
  pauseReasons: readonly string[],
): ButtonDropdownProps.ItemOrGroup[] {
  const choices = choicesOf(t, pauseReasons);
  const groups = agent.memberships.map(
    ({ queueId, status, reason }): Group => ({
      text: queues.find(({ id }) => id === queueId)?.name ?? queueId,
      items: choices(`queue:${queueId}`, { status, ...(reason && { reason }) }),
    }),
  );
  return [...everywhere(t, agent, doing, choices), ...groups, { id: DAY, text: t('team.seeDay') }];
}

type Choices = (scope: Scope, now: Choice | undefined) => Item[];

/** Every status there is; the one that is so already can't be chosen. */
const choicesOf =
  (t: TFunction, pauseReasons: readonly string[]): Choices =>
  (scope, now) => {
    const item = (choice: Choice, text: string): Item => ({
      id: idOf(scope, choice),
      text,
      disabled: choice.status === now?.status && choice.reason === now.reason,
    });
    return [
      item({ status: 'ready' }, t('status.ready')),
      ...pauseReasons.map((reason) =>
        item({ status: 'paused', reason }, t('status.paused', { reason: pauseReasonName(t, reason) })),
      ),
      item({ status: 'out' }, t('team.logOut')),
    ];
  };

function everywhere(t: TFunction, agent: Agent, { kind }: Doing, choices: Choices): Group[] {
  if (joined(agent).length === 0) {
    if (agent.memberships.length === 0) return [];
    const ready = { id: idOf('assigned', { status: 'ready' }), text: t('team.logInReady') };
    return [{ text: t('team.allQueues'), items: [ready] }];
  }
  const standing = standingOf(agent);
  const now = standing.status === 'mixed' ? undefined : choiceOf(standing.status, standing);
  if (kind !== 'call' && kind !== 'wrapUp') return [{ text: t('team.joinedQueues'), items: choices('joined', now) }];
  const next = agent.next ?? (standing.status === 'ready' ? standing : undefined);
  const after = kind === 'call' ? t('team.joinedAfterCall') : t('team.joinedAfterWrapUp');
  return [
    { text: after, items: choices('later', next && choiceOf(next.status, next)) },
    { text: t('team.joinedNow'), items: choices('joined', now) },
  ];
}

const choiceOf = (status: Status, of: object): Choice => ({
  status,
  ...('reason' in of && typeof of.reason === 'string' && { reason: of.reason }),
});
