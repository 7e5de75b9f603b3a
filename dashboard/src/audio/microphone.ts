import type { AudioProblem } from './audio-problem';

/** What speech wants; the browser does it best, close to the loudspeaker. */
const speech: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/** Why this page can't even ask for a microphone, if so. */
export function captureObstacle(): AudioProblem | undefined {
  if (!window.isSecureContext) return 'insecure';
  if (!navigator.mediaDevices?.getUserMedia || typeof RTCPeerConnection === 'undefined') return 'unsupported';
  return undefined;
}

/** Opens the chosen microphone, or the system's default when that one is unplugged or none was chosen. */
export async function openMicrophone(deviceId: string): Promise<MediaStreamTrack> {
  const open = async (choice: MediaTrackConstraints) => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: { ...speech, ...choice } });
    const [track] = stream.getAudioTracks();
    if (!track) throw new DOMException('no audio track', 'NotFoundError');
    return track;
  };
  if (!deviceId) return open({});
  try {
    return await open({ deviceId: { exact: deviceId } });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'OverconstrainedError') return open({});
    throw error;
  }
}
