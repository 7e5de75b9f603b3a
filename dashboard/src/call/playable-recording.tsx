import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contact, Recording } from '../api/model';
import { useDesk, useDeskState } from '../desk/desk-context';
import { formatDuration } from '../i18n/format';

/** One message, and what may be done with it: the customer hears it, and the call goes on or ends. */
export function PlayableRecording({ contact, recording }: { contact: Contact; recording: Recording }) {
  const { t } = useTranslation();
  const { actions } = useDesk();
  const pending = useDeskState((state) => state.pending.includes('play'));
  const [asked, setAsked] = useState<'play' | 'playAndEnd'>();
  const { id, name, tags, seconds } = recording;
  const button = (what: 'play' | 'playAndEnd') => (
    <Button
      {...(what === 'play' && { iconName: 'play' as const })}
      loading={pending && asked === what}
      disabled={pending && asked !== what}
      ariaLabel={t(`playing.${what}One`, { name })}
      onClick={() => {
        setAsked(what);
        void actions.play(contact, id, what === 'playAndEnd').finally(() => setAsked(undefined));
      }}
    >
      {t(`playing.${what}`)}
    </Button>
  );
  return (
    <li className="playable">
      <div className="playable-name">
        <strong>{name}</strong>
        <span>{formatDuration(Math.max(1, Math.round(seconds)))}</span>
      </div>
      {tags.length > 0 && <div className="call-hint">{tags.join(', ')}</div>}
      <div className="playable-buttons">
        {button('play')}
        {button('playAndEnd')}
      </div>
    </li>
  );
}
