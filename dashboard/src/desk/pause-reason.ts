import type { TFunction } from 'i18next';
import en from '../i18n/en.json';

type KnownReason = keyof typeof en.pauseReason;

const isKnown = (reason: string): reason is KnownReason => reason in en.pauseReason;

/** A pause reason's name; a reason that this centre invented shows as it is written. */
export const pauseReasonName = (t: TFunction, reason: string): string =>
  isKnown(reason) ? t(`pauseReason.${reason}`) : reason;
