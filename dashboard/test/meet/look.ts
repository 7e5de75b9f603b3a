import type { Page } from 'playwright-core';

/** Whether the picture of a tile is not black, and moves. */
export function shows(page: Page, label: RegExp): Promise<boolean> {
  const video = page.getByRole('listitem').filter({ hasText: label }).locator('video');
  return video.evaluate(async (element) => {
    if (!(element instanceof HTMLVideoElement) || element.videoWidth === 0) return false;
    const look = (): Uint8ClampedArray => {
      const canvas = document.createElement('canvas');
      canvas.width = 64;
      canvas.height = 36;
      const context = canvas.getContext('2d');
      context?.drawImage(element, 0, 0, 64, 36);
      return context?.getImageData(0, 0, 64, 36).data ?? new Uint8ClampedArray();
    };
    const before = look();
    await new Promise((resolve) => setTimeout(resolve, 400));
    const after = look();
    const colour = (_: number, index: number): boolean => index % 4 !== 3;
    const bright = after.filter(colour).reduce((sum, value) => sum + value, 0) / after.length;
    const changed = after.filter((value, index) => Math.abs(value - (before[index] ?? 0)) > 24).length;
    return bright > 8 && changed > 10;
  });
}

/** Whether at least so many of the voices that a page plays have sounded within two seconds. */
export function hears(page: Page, voices: number): Promise<boolean> {
  return page.evaluate(async (wanted) => {
    const context = new AudioContext();
    const ears = [...document.querySelectorAll('audio')].flatMap((audio) => {
      if (!(audio.srcObject instanceof MediaStream) || audio.paused) return [];
      const analyser = new AnalyserNode(context, { fftSize: 2048 });
      context.createMediaStreamSource(audio.srcObject).connect(analyser);
      return [{ analyser, loud: false }];
    });
    const samples = new Float32Array(2048);
    for (let turn = 0; turn < 50; turn += 1) {
      for (const ear of ears) {
        ear.analyser.getFloatTimeDomainData(samples);
        ear.loud ||= samples.some((sample) => Math.abs(sample) > 0.05);
      }
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    await context.close();
    return ears.filter(({ loud }) => loud).length >= wanted;
  }, voices);
}
