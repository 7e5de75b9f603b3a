import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Voicemail } from '../../api/model';
import { callerLines } from '../../desk/caller';
import { useDeskState } from '../../desk/desk-context';
import { usePhoneFormat } from '../../desk/phone-format';
import { useMoment } from '../../i18n/use-moment';

export interface Naming {
  /** Who called: a title, and the number under it when the title is a name. */
  callerOf: (one: Voicemail) => { title: string; detail: string };
  /** A day and a time of it. */
  momentOf: (one: Voicemail) => string;
  /** Tells a message from another of the same caller. */
  nameOf: (one: Voicemail) => string;
  /** For whom the message is. */
  lineOf: (one: Pick<Voicemail, 'lineId'>) => string;
}

/** What a message and its parts are called. */
export function useNaming(): Naming {
  const { t } = useTranslation();
  const format = usePhoneFormat();
  const queues = useDeskState((state) => state.queues);
  const moment = useMoment();
  const callerOf = useCallback((one: Voicemail) => callerLines(t, one, format), [t, format]);
  const momentOf = useCallback((one: Voicemail) => moment(one.at), [moment]);
  const nameOf = useCallback(
    (one: Voicemail) => t('voicemail.of', { caller: callerOf(one).title, time: momentOf(one) }),
    [t, callerOf, momentOf],
  );
  const lineOf = useCallback(
    ({ lineId }: Pick<Voicemail, 'lineId'>) =>
      isOwnLine(lineId) ? t('voicemail.ownLine') : (queues.find(({ id }) => id === lineId)?.name ?? lineId),
    [t, queues],
  );
  return { callerOf, momentOf, nameOf, lineOf };
}

/** As center.OwnLine spells it. */
export const isOwnLine = (lineId: string): boolean => lineId.startsWith('line:');
