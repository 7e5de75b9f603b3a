/** Whether this browser lets a page choose where it plays. */
export const canChooseSpeaker = (): boolean => 'setSinkId' in HTMLMediaElement.prototype;

/** An audio element that plays streams on a chosen device. */
export class Speaker {
  private readonly element = new Audio();

  get playing(): boolean {
    return !this.element.paused;
  }

  /** Plays on the device, or on the system's default when it is unplugged. */
  async use(deviceId: string): Promise<void> {
    if (!canChooseSpeaker()) return;
    await this.element.setSinkId(deviceId).catch(() => this.element.setSinkId(''));
  }

  /** Rejects with NotAllowedError when the browser wants a click first. */
  async play(stream: MediaStream | undefined): Promise<void> {
    this.element.srcObject = stream ?? null;
    if (stream) await this.element.play();
  }
}
