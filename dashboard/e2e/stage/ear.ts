import type { Page } from 'playwright-core';
import { expect } from 'vitest';

declare global {
  interface Window {
    /** Streams and files that the page has played last, with a gauge for each. */
    heard?: { source: MediaStream | string; element: HTMLMediaElement; gauge: AnalyserNode }[];
  }
}

/** Runs in every page before its own scripts: notes each stream or file that an element is told to play, and measures it there. */
export function listen(): void {
  const play = HTMLMediaElement.prototype.play;
  window.heard = [];
  let context: AudioContext | undefined;
  HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
    const source = this.srcObject instanceof MediaStream ? this.srcObject : this.src;
    if (source && !window.heard?.some((known) => known.source === source && known.element === this)) {
      context ??= new AudioContext();
      const gauge = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
      if (source instanceof MediaStream) context.createMediaStreamSource(source).connect(gauge);
      else context.createMediaElementSource(this).connect(gauge).connect(context.destination);
      window.heard?.push({ source, element: this, gauge });
    }
    return play.call(this);
  };
}

/** The strongest frequency, in Hz, of all that comes out of the page now; 0 when nothing plays or it is silent. */
export function heardHz(page: Page): Promise<number> {
  return page.evaluate(() => {
    let strongest = { level: -60, hz: 0 };
    for (const { source, element, gauge } of window.heard ?? []) {
      if (element.paused || (element.srcObject ?? element.src) !== source) continue;
      const bins = new Float32Array(gauge.frequencyBinCount);
      gauge.getFloatFrequencyData(bins);
      bins.forEach((level, i) => {
        if (level > strongest.level) strongest = { level, hz: (i * gauge.context.sampleRate) / gauge.fftSize };
      });
    }
    return strongest.hz;
  });
}

/** Waits until the page plays this pitch. */
export async function hears(page: Page, hz: number): Promise<void> {
  await expect.poll(() => heardHz(page), { message: `the page plays ${hz} Hz` }).toSatisfy(near(hz));
}

/** Waits until this pitch is among those that the page plays, whatever else is louder. */
export async function hearsAmong(page: Page, hz: number): Promise<void> {
  const level = () =>
    page.evaluate((wanted) => {
      let most = -Infinity;
      for (const { source, element, gauge } of window.heard ?? []) {
        if (element.paused || (element.srcObject ?? element.src) !== source) continue;
        const bins = new Float32Array(gauge.frequencyBinCount);
        gauge.getFloatFrequencyData(bins);
        const width = gauge.context.sampleRate / gauge.fftSize;
        const at = Math.round(wanted / width);
        most = Math.max(most, ...bins.slice(at - 2, at + 3));
      }
      return most;
    }, hz);
  await expect.poll(level, { message: `${hz} Hz is among what the page plays`, interval: 50 }).toBeGreaterThan(-50);
}

/** Within a few hertz: what resampling and the width of a bin leave. */
export const near = (hz: number) => (heard: number) => Math.abs(heard - hz) < 15;

/** Whether anything at all sounds from the page now. */
export function sounds(page: Page): Promise<boolean> {
  return page.evaluate(() =>
    (window.heard ?? []).some(({ source, element, gauge }) => {
      const bins = new Float32Array(gauge.frequencyBinCount);
      gauge.getFloatFrequencyData(bins);
      return !element.paused && (element.srcObject ?? element.src) === source && bins.some((level) => level > -60);
    }),
  );
}
