import { expect, it } from 'vitest';
import { iso } from '../fake/world';
import { fillQueues, type Held, held } from './card-meter';
import { setStage } from './stage';

const stage = setStage();

const CARDS = 50;
const HOUR = 3_600_000;
/** Simulated milliseconds: a working day for those who ask for figures, and a few minutes of it otherwise. */
const DAY = process.env['FIGURES'] ? 8 * HOUR : HOUR / 10;
/** A page has everything once after so much of the day. */
const BEGUN = DAY / 8;
/** Simulated milliseconds at a time: less than what the page waits for an answer on its connection. */
const STEP = 2_000;

/** For `make bench`. */
function print(before: Held, after: Held): void {
  if (!process.env['FIGURES']) return;
  const mb = ({ heap }: Held) => `${(heap / 1024 / 1024).toFixed(1)} MB`;
  const rest = `${after.nodes - before.nodes} more nodes, ${after.listeners - before.listeners} more listeners`;
  process.stdout.write(`desk: ${mb(before)} after ${BEGUN / HOUR} h, ${mb(after)} after ${DAY / HOUR} h; ${rest}\n`);
}

it(`${CARDS} cards at an event a second hold no more at the end of the day than at its beginning`, {
  timeout: 30 * 60_000,
}, async () => {
  const { cards, world } = stage.center;
  fillQueues(world, CARDS);
  const page = await stage.open('/desk');
  await page.clock.install();
  await page.reload();
  await expect.poll(() => cards.watchers('q-01')).toBe(1);
  const queue = (event: number) => world.queues[event % CARDS];
  let second = 0;
  const pass = async (until: number) => {
    for (; second * 1_000 < until; second += STEP / 1_000) {
      for (let event = second; event < second + STEP / 1_000; event++) {
        const waiting = event % 4;
        cards.change(queue(event)?.id ?? '', { voice: { waiting, waitingSince: iso(-event * 10), total: event } });
      }
      await page.clock.fastForward(STEP);
    }
  };
  await pass(BEGUN);
  const before = await held(page);
  await pass(DAY);
  const after = await held(page);
  print(before, after);
  const last = page.getByRole('article', { name: queue(second - 1)?.name ?? '', exact: true });
  await last
    .getByText((second - 1).toLocaleString('en'), { exact: true })
    .first()
    .waitFor();
  expect(after.heap).toBeLessThan(before.heap * 1.1);
  expect(after.nodes).toBeLessThanOrEqual(before.nodes * 1.05);
  expect(after.listeners).toBeLessThanOrEqual(before.listeners + 5);
});
