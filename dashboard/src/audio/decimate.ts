/** Of the new rate: up to here everything passes. Speech on a telephone ends at 3.4 kHz of 8. */
const PASS = 0.425;
/** Of the new rate: from here on nothing is left, since it would fold back below PASS. */
const STOP = 1 - PASS;
/** Decibels by which the filter weakens what must not be left: less than the noise of a telephone's 8 bits. */
const ATTENUATION = 60;

/**
 * Keeps one of so many samples, after a low-pass filter has removed what the new rate can't carry: browsers resample too,
 * but some leave it folded back into speech. A windowed sinc, Kaiser's window:
 * https://www.dsprelated.com/freebooks/sasp/Kaiser_Window.html
 */
export function decimate(samples: Float32Array, factor: number): Float32Array<ArrayBuffer> {
  const kernel = lowPass(factor);
  const half = (kernel.length - 1) / 2;
  const kept = new Float32Array(Math.ceil(samples.length / factor));
  for (let i = 0; i < kept.length; i++) {
    const from = i * factor - half;
    const last = Math.min(kernel.length, samples.length - from);
    let sum = 0;
    for (let k = Math.max(0, -from); k < last; k++) sum += (kernel[k] ?? 0) * (samples[from + k] ?? 0);
    kept[i] = sum;
  }
  return kept;
}

/** The filter's coefficients; an odd number, so that it delays nothing. Their sum is 1. */
function lowPass(factor: number): Float64Array {
  const width = (2 * Math.PI * (STOP - PASS)) / factor;
  const half = Math.ceil((ATTENUATION - 8) / (2.285 * width) / 2);
  const beta = 0.1102 * (ATTENUATION - 8.7);
  const kernel = Float64Array.from({ length: 2 * half + 1 }, (_, k) => {
    const window = bessel(beta * Math.sqrt(1 - ((k - half) / half) ** 2));
    return window * sinc((k - half) / factor);
  });
  const sum = kernel.reduce((total, value) => total + value, 0);
  return kernel.map((value) => value / sum);
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

/** The modified Bessel function of order zero, by its series. */
function bessel(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
