export interface AudioDevice {
  id: string;
  label: string;
}

export interface AudioDevices {
  microphones: AudioDevice[];
  speakers: AudioDevice[];
  /** Browsers name devices only to pages that may use the microphone. */
  named: boolean;
}

export const noDevices: AudioDevices = { microphones: [], speakers: [], named: false };

/** Lists real devices: Chrome's aliases for the system's choices are left out, as the default is offered by name. */
export async function listDevices(): Promise<AudioDevices> {
  const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  const of = (kind: MediaDeviceKind) =>
    all
      .filter((device) => device.kind === kind && !['', 'default', 'communications'].includes(device.deviceId))
      .map(({ deviceId, label }) => ({ id: deviceId, label }));
  return {
    microphones: of('audioinput'),
    speakers: of('audiooutput'),
    named: all.some(({ kind, label }) => kind === 'audioinput' && label !== ''),
  };
}
