import Button from '@cloudscape-design/components/button';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contact } from '../api/model';
import { Playing } from './playing';
import { RecordingList } from './recording-list';

/** Recorded messages in a call: what plays, or else those that can be played. */
export function CallRecordings({ contact }: { contact: Contact }) {
  if (contact.state !== 'connected') return null;
  if (contact.playback) return <Playing contact={contact} playback={contact.playback} />;
  return <Chooser contact={contact} />;
}

/** Opened for one choice: after the message, the two talk on. */
function Chooser({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const list = useId();
  return (
    <div className="call-recordings">
      <Button
        fullWidth
        iconName={open ? 'angle-up' : 'angle-down'}
        iconAlign="right"
        ariaExpanded={open}
        ariaControls={list}
        onClick={() => setOpen(!open)}
      >
        {open ? t('playing.hideList') : t('playing.showList')}
      </Button>
      <div id={list}>{open && <RecordingList contact={contact} />}</div>
    </div>
  );
}
