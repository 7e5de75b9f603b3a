import { useCallback, useEffect, useState } from 'react';
import { type AudioDevices, listDevices, noDevices } from './devices';

/** The audio devices as they come and go, and a way to read them again once the microphone was allowed. */
export function useDevices(): AudioDevices & { refresh: () => void } {
  const [devices, setDevices] = useState(noDevices);
  const refresh = useCallback(() => {
    listDevices().then(setDevices, () => setDevices(noDevices));
  }, []);
  useEffect(() => {
    refresh();
    navigator.mediaDevices?.addEventListener('devicechange', refresh);
    return () => navigator.mediaDevices?.removeEventListener('devicechange', refresh);
  }, [refresh]);
  return { ...devices, refresh };
}
