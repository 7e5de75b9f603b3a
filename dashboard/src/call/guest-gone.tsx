import Alert from '@cloudscape-design/components/alert';
import { useTranslation } from 'react-i18next';
import type { Contact } from '../api/model';
import { useGuestName } from '../desk/call-text';
import { useDesk, useDeskState } from '../desk/desk-context';

/** Says that a third party did not answer, or left: in the call's own panel, where the agent looks and no page hides it. */
export function GuestGone({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const { actions } = useDesk();
  const nameOf = useGuestName();
  const notices = useDeskState((state) => state.notices);
  return notices.map((notice) => {
    if (!('news' in notice) || notice.news.about !== 'guestGone' || notice.news.contact.id !== contact.id) return null;
    const { guest } = notice.news;
    const header = guest.state === 'joined' ? 'news.guestLeft' : 'news.guestUnanswered';
    return (
      <div key={notice.id} role="status">
        <Alert
          type="info"
          dismissible
          dismissAriaLabel={t('error.dismiss')}
          onDismiss={() => actions.dismiss(notice.id)}
          header={t(header, { name: nameOf(guest) })}
        >
          {t(contact.heldAt ? 'news.withYouHeld' : 'news.withYou')}
        </Alert>
      </div>
    );
  });
}
