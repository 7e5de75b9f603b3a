import type { Media, Source } from './protocol';

/** Why a microphone or a camera can't be used. */
export type Problem = 'denied' | 'missing' | 'busy' | 'unsupported';

type Device = 'microphone' | 'camera';

const problems: Record<string, Problem> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
};

function problemOf(error: unknown): Problem {
  return (error instanceof DOMException && problems[error.name]) || 'busy';
}

const pictures = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 24, max: 30 } };

/** This browser's microphone, camera and screen, and which of them are on. */
export class LocalMedia {
  readonly tracks: Partial<Record<Source, MediaStreamTrack>> = {};
  readonly problems: Partial<Record<Device, Problem>> = {};
  private readonly chosen: Partial<Record<Device, string>> = {};
  private muted = false;
  /** Told of every change of a track or of what is on. */
  onChange: (source: Source) => void = () => undefined;

  get on(): Media {
    const { microphone, camera, screen } = this.tracks;
    return {
      microphone: microphone !== undefined && !this.muted,
      camera: camera !== undefined,
      screen: screen !== undefined,
    };
  }

  /** Asks for both at once, which is one question; then for each alone, to learn which one can't be had. */
  async start(): Promise<void> {
    try {
      const stream = await this.ask({ audio: this.audio(), video: this.video() });
      for (const track of stream.getTracks()) this.keep(track.kind === 'audio' ? 'microphone' : 'camera', track);
    } catch {
      await this.open('microphone');
      await this.open('camera');
    }
  }

  /** A muted microphone stays open, so that it is back at once. */
  async setMicrophone(on: boolean): Promise<void> {
    this.muted = !on;
    if (on && !this.tracks.microphone) await this.open('microphone');
    if (this.tracks.microphone) this.tracks.microphone.enabled = on;
    this.onChange('microphone');
  }

  /** A camera that is off is closed, so that its light goes out. */
  async setCamera(on: boolean): Promise<void> {
    if (on) await this.open('camera');
    else this.release('camera');
  }

  async setScreen(on: boolean): Promise<void> {
    if (!on) return this.release('screen');
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 15 } }, audio: false });
      const [track] = stream.getVideoTracks();
      if (!track) return;
      track.contentHint = 'detail';
      this.keep('screen', track);
    } catch {
      this.onChange('screen'); // the person changed their mind
    }
  }

  /** Uses another device from now on. */
  async choose(device: Device, id: string): Promise<void> {
    this.chosen[device] = id;
    await this.open(device);
  }

  /** The device in use. */
  using(device: Device): string {
    return this.tracks[device]?.getSettings().deviceId ?? '';
  }

  stop(): void {
    for (const track of Object.values(this.tracks)) track.stop();
  }

  private async open(device: Device): Promise<void> {
    try {
      this.tracks[device]?.stop(); // some systems lend a camera once
      const wanted = device === 'microphone' ? { audio: this.audio() } : { video: this.video() };
      const [track] = (await this.ask(wanted)).getTracks();
      if (track) this.keep(device, track);
    } catch (error) {
      delete this.tracks[device];
      this.problems[device] = error instanceof TypeError ? 'unsupported' : problemOf(error);
      this.onChange(device);
    }
  }

  /** Without a secure origin there are no media devices: reading them is a TypeError. */
  private ask(wanted: MediaStreamConstraints): Promise<MediaStream> {
    return navigator.mediaDevices.getUserMedia(wanted);
  }

  private audio(): MediaTrackConstraints {
    return { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...this.exactly('microphone') };
  }

  private video(): MediaTrackConstraints {
    return { ...pictures, ...this.exactly('camera') };
  }

  private exactly(device: Device): MediaTrackConstraints {
    const id = this.chosen[device];
    return id ? { deviceId: { exact: id } } : {};
  }

  private keep(source: Source, track: MediaStreamTrack): void {
    this.tracks[source]?.stop();
    this.tracks[source] = track;
    if (source === 'microphone') track.enabled = !this.muted;
    if (source !== 'screen') delete this.problems[source];
    track.onended = () => {
      if (this.tracks[source] === track) this.release(source); // unplugged, or stopped by the browser's own button
    };
    this.onChange(source);
  }

  private release(source: Source): void {
    this.tracks[source]?.stop();
    delete this.tracks[source];
    this.onChange(source);
  }
}
