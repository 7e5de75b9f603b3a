import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import type { Chat } from '../../api/chat-model';
import type { Draft } from '../../chat/drafts';
import { useDeskState } from '../../desk/desk-context';
import { LONGEST_TEXT } from './longest-text';
import { type ReplyWindow, spanOf } from './reply-window';
import { segmentsOf } from './segments';

interface Props {
  chat: Chat;
  draft: Draft;
  characters: number;
  window: ReplyWindow;
  uploading: boolean;
  /** Nothing can be written to the customer now. */
  blocked: boolean;
}

/** Characters from which the rest is counted. */
const COUNTED_FROM = LONGEST_TEXT - 500;

/** What is good to know below the field: segments, characters left, time left. */
export function ComposerHints({ chat, draft, characters, window, uploading, blocked }: Props) {
  const { t } = useTranslation();
  const offline = useDeskState((state) => state.link === 'lost');
  const sms = chat.channel === 'sms' && !draft.note;
  return (
    <div className="composer-hints">
      {offline && <StatusIndicator type="pending">{t('composer.offline')}</StatusIndicator>}
      {uploading && <span>{t('composer.uploading')}</span>}
      {sms && draft.text !== '' && <SmsCount text={draft.text} />}
      {characters > LONGEST_TEXT ? (
        <StatusIndicator type="error">{t('composer.tooLong', { number: LONGEST_TEXT })}</StatusIndicator>
      ) : (
        characters > COUNTED_FROM && <span>{t('composer.characters', { count: LONGEST_TEXT - characters })}</span>
      )}
      {!draft.note && !blocked && <WindowLeft window={window} />}
    </div>
  );
}

function SmsCount({ text }: { text: string }) {
  const { t } = useTranslation();
  const { segments, encoding, left } = segmentsOf(text);
  return (
    <span>
      <strong>{t('composer.segments', { count: segments })}</strong> {t('composer.segmentsDetail', { encoding, left })}
    </span>
  );
}

function WindowLeft({ window }: { window: ReplyWindow }) {
  const { t } = useTranslation();
  if (window.stage !== 'standard' && window.stage !== 'human') return null;
  const { unit, count } = spanOf(window.left);
  const span = t(`window.${unit}`, { count });
  return window.stage === 'human' ? (
    <StatusIndicator type="warning">{t('window.human', { span })}</StatusIndicator>
  ) : (
    <span>{t('window.standard', { span })}</span>
  );
}
