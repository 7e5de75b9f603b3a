import type { CallProblem } from './call-state';

/** What speech wants; the browser does it best, close to the loudspeaker. */
const audio: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

const byName: Readonly<Record<string, CallProblem>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

/** Chromium alone tells what a page's policy allows: https://www.w3.org/TR/permissions-policy/#the-policy-object */
interface WithPolicy {
  featurePolicy?: { allowsFeature: (name: string) => boolean };
}

/** Why this page can't even ask for a microphone, if so. */
export function obstacle(): CallProblem | undefined {
  if (!isSecureContext) return 'insecure';
  if (!navigator.mediaDevices || typeof RTCPeerConnection === 'undefined') return 'unsupported';
  return (document as WithPolicy).featurePolicy?.allowsFeature('microphone') === false ? 'policy' : undefined;
}

export async function openMicrophone(): Promise<MediaStreamTrack> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio });
  return stream.getAudioTracks()[0] as MediaStreamTrack; // it is what was asked for
}

/** Reads the error of getUserMedia: https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia */
export function microphoneProblem(error: unknown): CallProblem {
  return (error instanceof DOMException && byName[error.name]) || 'unknown';
}
