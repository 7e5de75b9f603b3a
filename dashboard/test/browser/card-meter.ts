import type { Page } from 'playwright-core';
import type { World } from '../fake/world';

/** What a page holds, once what nobody needs is thrown away. */
export interface Held {
  nodes: number;
  listeners: number;
  /** Bytes of JavaScript's objects. */
  heap: number;
}

export async function held(page: Page): Promise<Held> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? 0;
  return { nodes: of('Nodes'), listeners: of('JSEventListeners'), heap: of('JSHeapUsedSize') };
}

/** Counts the figures that the page writes: a card writes all of its own whenever it is drawn. Starts with nought. */
export async function countFigures(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const here = window as unknown as { figures: number };
    here.figures = 0;
    const format = Object.getOwnPropertyDescriptor(Intl.NumberFormat.prototype, 'format') as PropertyDescriptor;
    Object.defineProperty(Intl.NumberFormat.prototype, 'format', {
      ...format,
      get(this: Intl.NumberFormat) {
        here.figures += 1;
        return format.get?.call(this);
      },
    });
  });
  return () => page.evaluate(() => (window as unknown as { figures: number }).figures);
}

/** So many call queues, numbered from 01 on, all of them the agent's. */
export function fillQueues(world: World, count: number): void {
  world.queues = Array.from({ length: count }, (_, i) => {
    const number = String(i + 1).padStart(2, '0');
    return { id: `q-${number}`, name: `Queue ${number}`, kind: 'voice', ringSeconds: 20, wrapUpSeconds: 30 };
  });
  world.addAgent('agent-1', 'Camille Durand', 'agent');
}
