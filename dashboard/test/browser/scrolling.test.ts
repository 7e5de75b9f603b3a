import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asPeopleHaveIt, launchChromium } from '../chromium';
import { FakeCenter } from '../fake/fake-center';
import { fillWithAllKinds, holdMany } from '../fake/long-thread';
import { signIn } from './browser';
import { openPlainList } from './plain-list';
import { type Passage, scrollThrough } from './scroll-meter';

const MESSAGES = 5_000;
const CONVERSATIONS = 200;
/** Pixels of a turn of the wheel: as far as leaves no line out. */
const STEP = 2_000;

/** Drawings a line. A line is drawn when it comes, and once more when its neighbours or its file do. */
const DRAWN = 1.5;
/** Layouts a turn of the wheel: the lines that came, what their measured heights move, and pictures that come late. */
const LAYOUTS = 12;
/** Times the processor time of the plain list, a line. */
const DEARER = 8;

let browser: Browser;
let center: FakeCenter;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium(asPeopleHaveIt);
  center = new FakeCenter();
  center.world.addChatQueues();
  await center.listen();
  const [chat] = holdMany(center.chats, 'agent-1', CONVERSATIONS);
  fillWithAllKinds(center.chats, chat?.id ?? '', MESSAGES);
  page = await signIn(browser, center, `/conversations/${chat?.id}`);
  await page
    .getByRole('article')
    .filter({ hasText: `Line ${MESSAGES}` })
    .waitFor();
});
afterAll(async () => {
  await browser.close();
  await center.close();
});

const thread = () => page.getByRole('region', { name: 'Messages', exact: true });
const list = () => page.getByRole('listbox');
const atTop = (box: Locator) => box.evaluate(({ scrollTop }) => scrollTop === 0);
const atEnd = (box: Locator) => box.evaluate((e) => e.scrollTop + e.clientHeight >= e.scrollHeight - 1);
const perLine = ({ cpu, lines }: Passage) => cpu / lines;

/** For `make bench`: the bar on frames is one that only a machine with nothing else to do can be held to. */
function print(what: string, { frames, steps, lines, written, layouts, cpu }: Passage): void {
  if (!process.env['FIGURES']) return;
  const at = (share: number) => frames[Math.floor(share * (frames.length - 1))]?.toFixed(0);
  const long = frames.filter((frame) => frame > 50).length;
  const each = (of: number, per: number, unit: string) => `${(of / per).toFixed(1)} ${unit}`;
  const figures = [
    `${long} of ${frames.length} frames over 50 ms`,
    `p99 ${at(0.99)} ms, longest ${at(1)} ms`,
    each(written, lines, 'drawings a line'),
    each(layouts, steps, 'layouts a turn'),
    each(cpu * 1e6, lines, 'µs of processor a line'),
  ];
  process.stdout.write(`desk: ${what.padEnd(32)} ${figures.join('; ')}\n`);
}

/** Few lines are in the document, and each was drawn about as often as it came. */
async function expectLittleWork(box: Locator, line: string, { written, lines, layouts, steps }: Passage) {
  expect(await box.locator(line).count()).toBeLessThan(60);
  expect(written / lines).toBeLessThanOrEqual(DRAWN);
  expect(written / lines).toBeGreaterThan(0.2); // else times are no longer written so, and drawings go uncounted
  expect(layouts / steps).toBeLessThanOrEqual(LAYOUTS);
}

it(`${MESSAGES} messages are drawn once each as they come into sight`, { timeout: 300_000 }, async () => {
  const line = '.thread-lines > li';
  const box = thread();
  const begun = async () =>
    (await atTop(box)) && (await page.getByText('This is where the conversation began.').isVisible());
  const up = await scrollThrough(page, box, { pixels: -6_000, line, until: begun });
  print('to the beginning, loading', up);
  expect(await box.locator(line).first().getAttribute('aria-setsize')).toBe(`${MESSAGES}`);
  await expectLittleWork(box, line, up);

  const down = await scrollThrough(page, box, { pixels: STEP, line, until: () => atEnd(box) });
  print(`through ${MESSAGES} messages`, down);
  expect(down.lines).toBeGreaterThan(MESSAGES * 0.9);
  await expectLittleWork(box, line, down);

  const { scrollHeight, clientHeight } = await box.evaluate((e) => ({
    scrollHeight: e.scrollHeight,
    clientHeight: e.clientHeight,
  }));
  const texts = [...center.chats.messages.values()].flat().map(({ text = '' }) => text);
  const plainPage = await page.context().newPage();
  await openPlainList(plainPage, texts, scrollHeight / MESSAGES, clientHeight);
  const main = plainPage.getByRole('main');
  const plain = await scrollThrough(plainPage, main, { pixels: STEP, line: 'li', until: () => atEnd(main) });
  await plainPage.close();
  print('through the plainest list', plain);
  expect(perLine(down) / perLine(plain)).toBeLessThanOrEqual(DEARER);
});

it(`${CONVERSATIONS} conversations are drawn once each as they come into sight`, async () => {
  const line = '[role=option]';
  const box = list();
  const down = await scrollThrough(page, box, { pixels: 300, line, until: () => atEnd(box) });
  print(`through ${CONVERSATIONS} conversations`, down);
  await expectLittleWork(box, line, down);
  const up = await scrollThrough(page, box, { pixels: -300, line, until: () => atTop(box) });
  print('and back', up);
  await expectLittleWork(box, line, up);
});
