import Icon from '@cloudscape-design/components/icon';
import { type RefObject, useId, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contact } from '../api/model';
import { KeypadIcon, TransferIcon } from '../app/icons';
import { onDemand } from '../app/on-demand';
import { shortcutKeys } from '../app/shortcuts';
import type { CallToolName } from '../desk/call-tool';
import { useAudio, useDesk } from '../desk/desk-context';
import { usePreferences } from '../settings/preferences';
import { CallControl } from './call-control';
import { CallKeypad } from './call-keypad';
import { HoldControl } from './hold-control';

export const TransferPanel = onDemand(async () => (await import('./transfer-panel')).TransferPanel);

/** What the agent can do in a call with both sides on the line: mute, hold, the keypad, transfer. */
export function CallControls({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const { shortcuts } = usePreferences();
  const { callTool } = useDesk();
  const keypad = useTool(contact, 'keypad');
  const transfer = useTool(contact, 'transfer');
  const tool = ({ id, open, button }: Tool, name: CallToolName) => ({
    ref: button,
    expanded: open,
    controls: id,
    onClick: () => callTool.toggle(contact.id, name),
  });
  const { guest } = contact;
  return (
    <>
      <div className="call-controls">
        <MuteControl />
        {guest?.state !== 'joined' && <HoldControl contact={contact} />}
        <CallControl icon={<KeypadIcon />} {...tool(keypad, 'keypad')}>
          {t('keypad.title')}
        </CallControl>
        {!guest && (
          <CallControl
            icon={<TransferIcon />}
            keys={shortcuts ? shortcutKeys.transfer : undefined}
            {...tool(transfer, 'transfer')}
          >
            {t('passing.transfer')}
          </CallControl>
        )}
      </div>
      <MutedWarning />
      {keypad.open && <CallKeypad id={keypad.id} contact={contact} onClose={keypad.close} />}
      {transfer.open && !guest && (
        <div id={transfer.id}>
          <TransferPanel contact={contact} onClose={transfer.close} />
        </div>
      )}
    </>
  );
}

interface Tool {
  id: string;
  open: boolean;
  button: RefObject<HTMLButtonElement | null>;
  close: () => void;
}

/** Something that opens under the buttons, and closes back to its own. */
function useTool(contact: Contact, name: CallToolName): Tool {
  const { callTool } = useDesk();
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const state = useSyncExternalStore(callTool.subscribe, callTool.get);
  const close = () => {
    callTool.close();
    button.current?.focus();
  };
  return { id, open: state.contactId === contact.id && state.name === name, button, close };
}

/** Closes the agent's microphone, until the call ends or it is opened again. */
export function MuteControl() {
  const { t } = useTranslation();
  const { microphone } = useDesk();
  const { muted, elsewhere } = useAudio();
  const { shortcuts } = usePreferences();
  const notHere = elsewhere === 'device';
  const isMuted = muted.includes('agent') && !notHere;
  return (
    <CallControl
      icon={isMuted ? 'microphone-off' : 'microphone'}
      pressed={isMuted}
      disabled={notHere}
      keys={shortcuts ? shortcutKeys.mute : undefined}
      onClick={() => microphone.toggle()}
    >
      {t('call.mute')}
    </CallControl>
  );
}

export function MutedWarning() {
  const { t } = useTranslation();
  const { muted, elsewhere } = useAudio();
  if (!muted.includes('agent') || elsewhere === 'device') return null;
  return (
    <p className="call-muted">
      <Icon name="status-warning" />
      <span>{t('call.mutedWarning')}</span>
    </p>
  );
}
