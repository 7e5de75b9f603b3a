import Button from '@cloudscape-design/components/button';
import { useTranslation } from 'react-i18next';
import type { Chat } from '../../api/chat-model';
import { PhoneIcon } from '../../app/icons';
import { useChatDesk } from '../../chat/use-chats';
import { useDeskState } from '../../desk/desk-context';
import { selectCall } from '../../desk/selectors';

/** Calls the customer, at their number or, on webchat, in their page; the conversation stays. */
export function CallButton({ chat }: { chat: Chat }) {
  const { t } = useTranslation();
  const { actions } = useChatDesk();
  const pending = useDeskState((state) => state.pending.includes(`chat:${chat.id}:call`));
  const busy = useDeskState((state) => selectCall(state).stage !== 'idle');
  const hasNumber = /^\+\d{7,15}$/.test(chat.customer.phone ?? chat.customer.id);
  if (!hasNumber && chat.channel !== 'webchat') return null;
  const away = !hasNumber && !chat.visitorHere;
  return (
    <Button
      iconSvg={<PhoneIcon />}
      disabled={busy || away}
      {...(busy || away ? { disabledReason: t(busy ? 'header.callBusy' : 'header.callAway') } : {})}
      loading={pending}
      ariaLabel={t('header.call')}
      onClick={() => void actions.call(chat.id)}
    />
  );
}

/** Opens a meeting room in a tab of its own, and ends the meeting for everybody. */
export function MeetingButtons({ chat }: { chat: Chat }) {
  const { t } = useTranslation();
  const { actions } = useChatDesk();
  const pending = useDeskState((state) => state.pending.includes(`chat:${chat.id}:meeting`));
  const open = async () => {
    // Opened by the click itself: a browser may block what opens later.
    const tab = window.open('', '_blank');
    const url = await actions.openMeeting(chat.id);
    if (!tab) return;
    tab.opener = null;
    if (url) tab.location.replace(url);
    else tab.close();
  };
  return (
    <>
      <Button
        iconName="video-camera-on"
        loading={pending}
        ariaLabel={t(chat.roomId ? 'header.joinMeeting' : 'header.meeting')}
        onClick={() => void open()}
      />
      {chat.roomId && (
        <Button disabled={pending} onClick={() => void actions.closeMeeting(chat.id)}>
          {t('header.endMeeting')}
        </Button>
      )}
    </>
  );
}
