import Icon from '@cloudscape-design/components/icon';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contact } from '../api/model';
import { KeypadIcon } from '../app/icons';
import { shortcutKeys } from '../app/shortcuts';
import { useAudio, useDesk, useDeskState } from '../desk/desk-context';
import { usePreferences } from '../settings/preferences';
import { CallControl } from './call-control';
import { CallKeypad } from './call-keypad';

/** What the agent can do in a call with both sides on the line: mute, hold, the keypad. */
export function CallControls({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const { actions, microphone } = useDesk();
  const { muted, elsewhere } = useAudio();
  const { shortcuts } = usePreferences();
  const turning = useDeskState(({ pending }) => pending.includes('hold') || pending.includes('resume'));
  const notHere = elsewhere === 'device';
  const isMuted = muted.includes('agent') && !notHere;
  const held = Boolean(contact.heldAt);
  const keypad = useId();
  const keypadButton = useRef<HTMLButtonElement>(null);
  const [keypadOpen, setKeypadOpen] = useState(false);
  const closeKeypad = () => {
    setKeypadOpen(false);
    keypadButton.current?.focus();
  };
  return (
    <>
      <div className="call-controls">
        <CallControl
          icon={isMuted ? 'microphone-off' : 'microphone'}
          pressed={isMuted}
          disabled={notHere}
          keys={shortcuts ? shortcutKeys.mute : undefined}
          onClick={() => microphone.toggle()}
        >
          {t('call.mute')}
        </CallControl>
        <CallControl
          icon={held ? 'play' : 'pause'}
          loading={turning}
          keys={shortcuts ? shortcutKeys.hold : undefined}
          onClick={() => void actions.hold(contact, !held)}
        >
          {held ? t('call.resume') : t('call.hold')}
        </CallControl>
        <CallControl
          ref={keypadButton}
          icon={<KeypadIcon />}
          expanded={keypadOpen}
          controls={keypad}
          onClick={() => setKeypadOpen(!keypadOpen)}
        >
          {t('keypad.title')}
        </CallControl>
      </div>
      {isMuted && (
        <p className="call-muted">
          <Icon name="status-warning" />
          <span>{t('call.mutedWarning')}</span>
        </p>
      )}
      {keypadOpen && <CallKeypad id={keypad} contact={contact} onClose={closeKeypad} />}
    </>
  );
}
