import { useEffect, useState, useSyncExternalStore } from 'react';
import { usePreferences } from '../settings/preferences';
import { type PlayerState, SoundPlayer } from './sound-player';

export interface Player extends PlayerState {
  /** Plays what is at the address, or stops it. */
  toggle: (key: string, address: () => Promise<string>) => void;
  stop: () => void;
}

/** Plays one sound of the page at a time; leaving the page stops it. */
export function usePlayer(): Player {
  const { speaker } = usePreferences();
  const [player] = useState(() => new SoundPlayer());
  const state = useSyncExternalStore(player.subscribe, player.get);
  useEffect(() => player.stop, [player]);
  return {
    ...state,
    toggle: (key, address) => {
      const on = state.key === key && state.phase !== 'failed';
      if (on) player.stop();
      else void player.play(key, address, speaker);
    },
    stop: player.stop,
  };
}
