import type { CDPSession, Locator, Page } from 'playwright-core';

/** What one way through a list cost. */
export interface Passage {
  /** Turns of the wheel. */
  steps: number;
  /** Lines that came into the document. */
  lines: number;
  /** Times of day that were written: a line writes its own whenever it is drawn, so this counts drawings. */
  written: number;
  layouts: number;
  /** Seconds of the page's main thread on a processor; what others do on the machine is not in it. */
  cpu: number;
  /** Milliseconds between frames, the shortest first. */
  frames: number[];
}

interface Counts {
  observer?: MutationObserver;
  lines: number;
  written: number;
  frames: number[];
}

interface Wheel {
  /** Pixels a turn; negative ones go up. */
  pixels: number;
  /** What a line is, as a selector. */
  line: string;
  /** Whether the list's end on that side is reached. */
  until: () => Promise<boolean>;
}

/** More turns than any list here needs. */
const TOO_MANY = 2_000;
/** Turns between two looks at where the list is. */
const LOOK = 5;

/** Scrolls with the wheel until the end, one turn in every other frame, and tells what that took. */
export async function scrollThrough(page: Page, box: Locator, { pixels, line, until }: Wheel): Promise<Passage> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await box.hover();
  await count(box, line);
  const before = await metrics(session);
  let steps = 0;
  while (steps % LOOK !== 0 || !(await until())) {
    if (steps === TOO_MANY) throw new Error('the end of the list was not reached');
    await page.mouse.wheel(0, pixels);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    steps += 1;
  }
  const after = await metrics(session);
  await session.detach();
  const { frames, lines, written } = await page.evaluate(() => {
    const { observer: _, ...counts } = (window as unknown as { counts: Counts }).counts;
    return counts;
  });
  return { lines, written, ...after.minus(before), steps, frames: frames.toSorted((a, b) => a - b) };
}

/** Counts anew, in the page itself. */
async function count(box: Locator, line: string): Promise<void> {
  await box.evaluate((element, selector) => {
    const here = window as unknown as { counts?: Counts };
    const begun = here.counts !== undefined;
    here.counts?.observer?.disconnect();
    here.counts = { lines: 0, written: 0, frames: [] };
    const counts = () => here.counts as Counts;
    const observer = new MutationObserver((changes) => {
      const added = changes.flatMap(({ addedNodes }) => [...addedNodes]);
      counts().lines += added.filter((node) => node instanceof Element && node.matches(selector)).length;
    });
    observer.observe(element, { childList: true, subtree: true });
    here.counts.observer = observer;
    if (begun) return;
    const format = Object.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, 'format') as PropertyDescriptor;
    Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', {
      ...format,
      get(this: Intl.DateTimeFormat) {
        counts().written += 1;
        return format.get?.call(this);
      },
    });
    let last = performance.now();
    const frame = (now: number) => {
      counts().frames.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }, line);
}

async function metrics(session: CDPSession) {
  const all = (await session.send('Performance.getMetrics')).metrics;
  const of = (wanted: string) => all.find(({ name }) => name === wanted)?.value ?? 0;
  const now = { layouts: of('LayoutCount'), cpu: of('TaskDuration') };
  return {
    ...now,
    minus: (before: typeof now) => ({ layouts: now.layouts - before.layouts, cpu: now.cpu - before.cpu }),
  };
}
