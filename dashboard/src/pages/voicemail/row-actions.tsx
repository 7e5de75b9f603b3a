import Button from '@cloudscape-design/components/button';
import { useTranslation } from 'react-i18next';
import type { Voicemail } from '../../api/model';
import { useDeskState } from '../../desk/desk-context';
import { selectMe } from '../../desk/selectors';
import { supervises } from '../../desk/supervises';
import type { Dealing } from './use-dealing';
import { isOwnLine, useNaming } from './use-naming';

interface Props {
  one: Voicemail;
  done: boolean;
  dealing: Dealing;
  onDelete: (one: Voicemail) => void;
}

/** What can be done about a message. */
export function RowActions({ one, done, dealing: { pending, mark, callBack }, onDelete }: Props) {
  const { t } = useTranslation();
  const me = useDeskState(selectMe);
  const name = useNaming().nameOf(one);
  const mayDelete = isOwnLine(one.lineId) || (me !== undefined && supervises(me));
  return (
    <div className="voicemail-actions">
      {one.from && (
        <Button
          variant="inline-link"
          loading={pending === `call ${one.id}`}
          ariaLabel={t('voicemail.callBackOne', { name })}
          onClick={() => callBack(one)}
        >
          {t('voicemail.callBack')}
        </Button>
      )}
      <Button
        variant="inline-link"
        loading={pending === `mark ${one.id}`}
        ariaLabel={done ? t('voicemail.reopenOne', { name }) : t('voicemail.markDoneOne', { name })}
        onClick={() => mark(one, done ? 'new' : 'done')}
      >
        {t(done ? 'voicemail.reopen' : 'voicemail.markDone')}
      </Button>
      {mayDelete && (
        <Button
          variant="icon"
          iconName="remove"
          ariaLabel={t('recordings.deleteOne', { name })}
          onClick={() => onDelete(one)}
        />
      )}
    </div>
  );
}
