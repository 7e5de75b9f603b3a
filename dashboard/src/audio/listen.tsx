import '../styles/listen.css';
import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '../i18n/format';
import type { Player } from './use-player';

interface Props {
  player: Player;
  /** Names the sound to the player. */
  id: string;
  /** Names it to people. */
  name: string;
  seconds: number;
  address: () => Promise<string>;
}

/** Plays a sound in its place, with its length, or how far it has come. */
export function Listen({ player, id, name, seconds, address }: Props) {
  const { t } = useTranslation();
  const mine = player.key === id;
  const on = mine && player.phase !== 'failed';
  return (
    <div className="listen">
      <Button
        variant="icon"
        iconName={on ? 'stop-circle' : 'play'}
        loading={mine && player.phase === 'loading'}
        ariaLabel={on ? t('recordings.stopListening', { name }) : t('recordings.listen', { name })}
        onClick={() => player.toggle(id, address)}
      />
      <span className="listen-time">
        {mine && player.phase === 'playing' && `${formatDuration(player.at)} / `}
        {formatDuration(Math.max(1, Math.round(seconds)))}
      </span>
      <span role="status">
        {mine && player.phase === 'failed' && (
          <StatusIndicator type="error">{t('recordings.listenFailed')}</StatusIndicator>
        )}
      </span>
    </div>
  );
}
