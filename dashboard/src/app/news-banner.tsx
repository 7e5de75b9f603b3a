import Button from '@cloudscape-design/components/button';
import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import { useTranslation } from 'react-i18next';
import { useCallText, useGuestName } from '../desk/call-text';
import { useDesk } from '../desk/desk-context';
import type { News } from '../desk/notice';
import { formatMoment } from '../i18n/format';

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
      const { state, dueAt } = contact;
      const content =
        state === 'scheduled' && dueAt
          ? t('news.again', { time: formatMoment(dueAt, i18n.language) })
          : t('news.noFurther');
      return { ...about, header: t('news.notReached', { name: who }), content };
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
