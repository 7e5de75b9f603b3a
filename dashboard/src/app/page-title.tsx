import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useUnreadChats } from '../chat/use-chats';
import { kindOf, titles } from '../desk/call-kind';
import { useDeskState } from '../desk/desk-context';
import { selectCall } from '../desk/selectors';

/** Names the browser's tab after the page, and after the call while one rings; unread chats are counted before it. */
export function PageTitle({ title }: { title: string }) {
  const { t } = useTranslation();
  const center = useDeskState((state) => state.centerName) || t('app.name');
  const call = useDeskState(selectCall);
  const unread = useUnreadChats();
  const page = call.stage === 'ringing' ? t(titles[kindOf(call.contact, call.asGuest)]) : title;
  useEffect(() => {
    const name = t('app.pageTitle', { page, center });
    document.title = unread > 0 ? `(${unread}) ${name}` : name;
  }, [t, page, center, unread]);
  return null;
}
