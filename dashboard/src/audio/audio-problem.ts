/** Why there is no audio, as told to the agent: keys under `audio.problem` in the translations. */
export type AudioProblem = 'insecure' | 'unsupported' | 'denied' | 'noMicrophone' | 'busy' | 'unreachable' | 'unknown';

const byName: Readonly<Record<string, AudioProblem>> = {
  NotAllowedError: 'denied',
  SecurityError: 'insecure',
  NotFoundError: 'noMicrophone',
  OverconstrainedError: 'noMicrophone',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

/** Reads the error of getUserMedia; see https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia */
export function microphoneProblem(error: unknown): AudioProblem {
  return (error instanceof DOMException && byName[error.name]) || 'unknown';
}
