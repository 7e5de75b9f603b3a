/** Milliseconds between two looks, and how many looks a voice stays marked after it was heard. */
const pace = 150;
const hold = 5;

/** The root mean square of samples between -1 and 1 above which somebody speaks. */
const loud = 0.02;

interface Ear {
  track: MediaStreamTrack;
  source: MediaStreamAudioSourceNode;
  analyser: AnalyserNode;
  left: number;
}

/** Finds out who speaks, by listening to everybody's track. */
export class Speaking {
  private readonly context = new AudioContext();
  private readonly ears = new Map<string, Ear>();
  private readonly samples = new Float32Array(512);
  private readonly timer: ReturnType<typeof setInterval>;
  private readonly onChange: (who: string, speaks: boolean) => void;

  constructor(onChange: (who: string, speaks: boolean) => void) {
    this.onChange = onChange;
    this.timer = setInterval(() => this.look(), pace);
  }

  /** Listens to these tracks, and to no others any more. */
  follow(tracks: ReadonlyMap<string, MediaStreamTrack>): void {
    for (const [who, ear] of this.ears) {
      if (tracks.get(who) === ear.track) continue;
      ear.source.disconnect();
      this.ears.delete(who);
    }
    for (const [who, track] of tracks) {
      if (this.ears.has(who)) continue;
      const source = this.context.createMediaStreamSource(new MediaStream([track]));
      const analyser = new AnalyserNode(this.context, { fftSize: this.samples.length });
      source.connect(analyser);
      this.ears.set(who, { track, source, analyser, left: 0 });
    }
  }

  close(): void {
    clearInterval(this.timer);
    void this.context.close();
  }

  private look(): void {
    for (const [who, ear] of this.ears) {
      ear.analyser.getFloatTimeDomainData(this.samples);
      const power = this.samples.reduce((sum, sample) => sum + sample * sample, 0) / this.samples.length;
      const spoke = ear.left > 0;
      ear.left = ear.track.enabled && Math.sqrt(power) > loud ? hold : Math.max(0, ear.left - 1);
      if (spoke !== ear.left > 0) this.onChange(who, ear.left > 0);
    }
  }
}
