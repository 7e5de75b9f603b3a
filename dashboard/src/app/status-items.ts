import type { ButtonDropdownProps } from '@cloudscape-design/components/button-dropdown';
import type { TFunction } from 'i18next';
import type { StatusChange } from '../api/client';
import type { Agent } from '../api/model';
import { unchanged } from '../desk/next-status';
import { pauseReasonName } from '../desk/pause-reason';
import { type CallStage, standingOf } from '../desk/selectors';

type Item = ButtonDropdownProps.Item;
type Items = ButtonDropdownProps.ItemOrGroup[];

/** The item that leads to the queues, and the one that takes back what was chosen for later. */
export const LOG_IN = 'log-in';
export const KEEP = 'keep';

const LATER = 'later:';
const PAUSE = 'pause:';

/** The status that an item stands for. */
export function changeOf(id: string): StatusChange {
  if (id.startsWith(LATER)) return { ...changeOf(id.slice(LATER.length)), later: true };
  if (id.startsWith(PAUSE)) return { status: 'paused', reason: id.slice(PAUSE.length) };
  return { status: id === 'ready' ? 'ready' : 'out' };
}

/** With nothing to finish first, a choice applies at once. */
export function statusItems(t: TFunction, me: Agent, pauseReasons: readonly string[], hint: string): Items {
  const { status } = standingOf(me);
  if (status === 'out') return [{ text: hint, items: [{ id: LOG_IN, text: t('status.logIn') }] }];
  return [
    { text: hint, items: [{ id: 'ready', text: t('status.goReady'), disabled: status === 'ready' }] },
    { text: t('status.pauses'), items: pausesOf(t, pauseReasons) },
    { id: 'out', text: t('status.logOut') },
  ];
}

/** During a call and its wrap-up a choice is for the time after, unless it is made under "Now". */
export function occupiedItems(t: TFunction, me: Agent, pauseReasons: readonly string[], call: CallStage): Items {
  const { next } = me;
  const { status } = standingOf(me);
  const choices: Item[] = [
    { id: 'ready', text: t('status.goReady'), disabled: status === 'ready' && !next },
    ...pausesOf(t, pauseReasons),
    { id: 'out', text: t('status.logOut') },
  ];
  const chosen = next && (next.status === 'paused' ? PAUSE + next.reason : next.status);
  const later = choices.map((item) => ({
    ...item,
    id: LATER + item.id,
    ...(item.id === chosen && { disabled: true, labelTag: t('status.chosen') }),
  }));
  const keep = next && unchanged(me) ? [{ id: KEEP, text: t('status.keep') }] : [];
  const now = choices.map((item) => ({
    ...item,
    text: t('status.now', { status: item.text }),
    disabled: item.id === 'ready' && status === 'ready',
  }));
  return [
    {
      text: call.stage === 'wrap-up' ? t('status.afterWrapUp') : t('status.afterCall'),
      items: [...later, ...keep],
    },
    { text: t('status.atOnce'), items: now },
  ];
}

const pausesOf = (t: TFunction, reasons: readonly string[]): Item[] =>
  reasons.map((reason) => ({ id: PAUSE + reason, text: pauseReasonName(t, reason) }));
