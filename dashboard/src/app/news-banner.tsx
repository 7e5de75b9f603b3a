import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Contact } from '../api/model';
import { useAgentNames } from '../chat/use-chats';
import { useCallText } from '../desk/call-text';
import { useDeskState } from '../desk/desk-context';
import type { GivenStatus, News } from '../desk/notice';
import { standingText } from '../desk/standing-text';
import { formatOtherDay, formatTime } from '../i18n/format';

/** Says what has become of a call, or of the agent's status. What is about the call that goes on is said in its panel. */
export function useNewsBanner(): (news: News) => FlashbarProps.MessageDefinition | undefined {
  const { t, i18n } = useTranslation();
  const textOf = useCallText();
  const givenText = useGivenText();
  return (news) => {
    const about = { type: 'info', ariaRole: 'status' } as const;
    if (news.about === 'given') return { ...about, ...givenText(news.given) };
    if (news.about === 'guestGone') return undefined;
    const { contact } = news;
    const { who } = textOf(contact, false);
    return { ...about, header: t('news.notReached', { name: who }), content: nextAttempt(t, contact, i18n.language) };
  };
}

function useGivenText(): (given: GivenStatus) => { header: string; content: string } {
  const { t } = useTranslation();
  const nameOf = useAgentNames();
  const queues = useDeskState((state) => state.queues);
  return ({ by, status, reason, queueIds, later }) => {
    const name = nameOf(by) || t('news.supervisor');
    const text = standingText(
      t,
      status === 'paused' ? { status, reason, since: undefined } : { status, since: undefined },
    );
    if (later) return { header: t('news.givenLater', { name }), content: t('news.comesLater', { status: text }) };
    const names = queueIds.map((id) => queues.find((queue) => queue.id === id)?.name ?? id).join(', ');
    return {
      header: t('news.given', { name }),
      content: names ? t('news.inQueues', { status: text, queues: names }) : text,
    };
  };
}

function nextAttempt(t: TFunction, { state, dueAt }: Contact, language: string): string {
  if (state !== 'scheduled' || !dueAt) return t('news.noFurther');
  const time = formatTime(dueAt, language);
  const day = formatOtherDay(dueAt, language);
  return day ? t('news.againOn', { day, time }) : t('news.again', { time });
}
