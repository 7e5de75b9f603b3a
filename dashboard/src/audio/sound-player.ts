import { canChooseSpeaker } from './speaker';

export interface PlayerState {
  /** What plays, or was to play when it failed; empty when nothing does. */
  key: string;
  phase: 'idle' | 'loading' | 'playing' | 'failed';
  /** Seconds that it has played. */
  at: number;
}

const idle: PlayerState = { key: '', phase: 'idle', at: 0 };

/** Plays one sound file at a time on the agent's loudspeaker, for the agent alone. */
export class SoundPlayer {
  private state = idle;
  private readonly listeners = new Set<() => void>();
  private element: HTMLAudioElement | undefined;

  readonly get = (): PlayerState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Plays what is at the address; the key names it. What played before stops. */
  async play(key: string, address: () => Promise<string>, speakerId: string): Promise<void> {
    this.stop();
    const element = new Audio();
    this.element = element;
    const set = (part: Partial<PlayerState>) => {
      if (this.element === element) this.set({ ...this.state, ...part });
    };
    set({ key, phase: 'loading' });
    element.onplaying = () => set({ phase: 'playing' });
    element.ontimeupdate = () => set({ at: element.currentTime });
    element.onended = () => this.element === element && this.stop();
    element.onerror = () => set({ phase: 'failed', at: 0 });
    try {
      if (canChooseSpeaker()) await element.setSinkId(speakerId).catch(() => element.setSinkId(''));
      element.src = await address();
      if (this.element === element) await element.play();
    } catch {
      set({ phase: 'failed', at: 0 });
    }
  }

  readonly stop = (): void => {
    const element = this.element;
    this.element = undefined;
    element?.pause();
    this.set(idle);
  };

  private set(state: PlayerState): void {
    this.state = state;
    for (const listener of [...this.listeners]) listener();
  }
}
