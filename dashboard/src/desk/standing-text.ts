import type { TFunction } from 'i18next';
import { pauseReasonName } from './pause-reason';
import type { Standing } from './selectors';

/** Cloudscape's indicator for a status, by colour and by shape. */
export const indicatorOf = {
  ready: 'success',
  paused: 'warning',
  mixed: 'info',
  out: 'stopped',
} as const;

export function standingText(t: TFunction, standing: Standing): string {
  switch (standing.status) {
    case 'out':
      return t('status.out');
    case 'ready':
      return t('status.ready');
    case 'paused':
      return t('status.paused', { reason: pauseReasonName(t, standing.reason) });
    case 'mixed':
      return t('status.mixed', { ready: standing.ready, joined: standing.joined });
  }
}
