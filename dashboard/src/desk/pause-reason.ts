import type { TFunction } from 'i18next';
import { wordText } from '../i18n/word';

/** A pause reason's name; a reason that this centre invented shows as it is written. */
export const pauseReasonName = (t: TFunction, reason: string): string => wordText(t, `pauseReason.${reason}`, reason);
