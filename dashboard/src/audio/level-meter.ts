/** Measures a stream while it plays: loudness for a meter and the strongest frequency. It plays nothing itself. */
export interface LevelMeter {
  /** Loudness from 0 (silence, −60 dBFS and below) to 1 (full scale). */
  level(): number;
  /** Strongest frequency in Hz; 0 in silence. */
  dominantHz(): number;
  close(): void;
}

const FLOOR_DB = -60;

/** Root mean square of samples, in decibels of full scale, mapped to 0…1. */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const db = 10 * Math.log10(sum / samples.length + 1e-12);
  return Math.min(1, Math.max(0, 1 - db / FLOOR_DB));
}

/** Frequency of the highest bin, refined by the parabola through its neighbours (values in decibels). */
export function peakFrequency(bins: Float32Array, binWidth: number): number {
  let peak = 1;
  for (let i = 2; i < bins.length - 1; i++) if ((bins[i] ?? 0) > (bins[peak] ?? 0)) peak = i;
  const [left, top, right] = [bins[peak - 1] ?? 0, bins[peak] ?? 0, bins[peak + 1] ?? 0];
  const curvature = left - 2 * top + right;
  const shift = Number.isFinite(curvature) && curvature < 0 ? (left - right) / (2 * curvature) : 0;
  return (peak + shift) * binWidth;
}

export function createLevelMeter(context: AudioContext, stream: MediaStream): LevelMeter {
  const source = context.createMediaStreamSource(stream);
  const analyser = new AnalyserNode(context, { fftSize: 4096, smoothingTimeConstant: 0 });
  source.connect(analyser);
  const samples = new Float32Array(1024);
  const bins = new Float32Array(analyser.frequencyBinCount);
  const level = () => {
    analyser.getFloatTimeDomainData(samples);
    return loudness(samples);
  };
  return {
    level,
    dominantHz() {
      if (level() === 0) return 0;
      analyser.getFloatFrequencyData(bins);
      return peakFrequency(bins, context.sampleRate / analyser.fftSize);
    },
    close: () => source.disconnect(),
  };
}
