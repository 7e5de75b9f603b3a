import Button from '@cloudscape-design/components/button';
import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Contact } from '../api/model';
import { useCallText, useGuestName } from '../desk/call-text';
import { useDesk } from '../desk/desk-context';
import type { News } from '../desk/notice';
import { formatOtherDay, formatTime } from '../i18n/format';

/** Says what has become of a call. */
export function useNewsBanner(): (news: News) => FlashbarProps.MessageDefinition {
  const { t, i18n } = useTranslation();
  const { actions } = useDesk();
  const textOf = useCallText();
  const guestName = useGuestName();
  return (news) => {
    const { contact } = news;
    const about = { type: 'info', ariaRole: 'status' } as const;
    if (news.about === 'notReached') {
      const { who } = textOf(contact, false);
      return { ...about, header: t('news.notReached', { name: who }), content: nextAttempt(t, contact, i18n.language) };
    }
    const name = guestName(news.guest);
    const header = news.guest.state === 'joined' ? t('news.guestLeft', { name }) : t('news.guestUnanswered', { name });
    if (!contact.heldAt) return { ...about, header, content: t('news.withYou') };
    return {
      ...about,
      header,
      content: t('news.withYouHeld'),
      action: <Button onClick={() => void actions.hold(contact, false)}>{t('passing.resume')}</Button>,
    };
  };
}

function nextAttempt(t: TFunction, { state, dueAt }: Contact, language: string): string {
  if (state !== 'scheduled' || !dueAt) return t('news.noFurther');
  const time = formatTime(dueAt, language);
  const day = formatOtherDay(dueAt, language);
  return day ? t('news.againOn', { day, time }) : t('news.again', { time });
}
