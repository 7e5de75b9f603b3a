import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FakeCenter } from '../fake/fake-center';
import { expectAccessible } from './axe';
import { type Look, launch, lendMediaNode, signIn } from './browser';

let browser: Browser;
let center: FakeCenter;
let node: Page;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

beforeEach(async () => {
  center = new FakeCenter();
  await center.listen();
  node = await lendMediaNode(browser, center);
});
afterEach(async ({ task }) => {
  await keepPictures(task.name);
  center.answerOffer = undefined;
  for (const context of browser.contexts()) if (context !== node.context()) await context.close();
  await node.context().close();
  await center.close();
});

/** For people who look at the screens: what each test ended with, in the folder that PICTURES names. */
async function keepPictures(name: string): Promise<void> {
  const folder = process.env['PICTURES'];
  const pages = browser.contexts().flatMap((context) => context.pages().filter((page) => page !== node));
  const file = name.replaceAll(/\W+/g, '-').slice(0, 60);
  if (folder) for (const [i, page] of pages.entries()) await page.screenshot({ path: `${folder}/${file}-${i}.png` });
}

const jeanne = { from: '+33612345678', callerName: 'Jeanne Martin' };
const panel = (page: Page) => page.getByRole('region', { name: /^(Call|Appel)$/ });
const button = (page: Page, name: string | RegExp) => panel(page).getByRole('button', { name, exact: true });
const said = (page: Page, text: string) => page.getByRole('status').getByText(text).waitFor({ state: 'attached' });
const mute = (page: Page) => button(page, /^(Mute|Couper le micro)$/);
const hold = (page: Page) => button(page, /^(Hold|Mettre en attente)$/);
const resume = (page: Page) => button(page, /^(Resume|Reprendre)$/);
const pressed = (page: Page) => mute(page).getAttribute('aria-pressed');
const warning = (page: Page) => panel(page).getByText('You’re muted: the customer doesn’t hear you.');

/** What the agent's microphone says to whom it sends, from 0 to 100. */
const microphoneLevel = (page: Page) =>
  panel(page)
    .getByLabel(/^(Your microphone|Votre microphone)$/)
    .evaluate((meter) => (meter as HTMLMeterElement).value);

/** The loudest of two seconds: the fake microphone beeps. */
async function loudest(page: Page): Promise<number> {
  let most = 0;
  for (let i = 0; i < 20; i++) {
    most = Math.max(most, await microphoneLevel(page));
    await page.waitForTimeout(100);
  }
  return most;
}

/** An agent in a connected call. */
async function inCall(path = '/desk', look: Look = {}): Promise<{ page: Page; id: string }> {
  center.world.setStatus('agent-1', 'ready', undefined, ['q-support']);
  const page = await signIn(browser, center, path, look);
  const { id } = center.world.ring('agent-1', jeanne);
  await button(page, /^(Accept|Accepter)$/).click();
  await expect.poll(() => center.world.contacts.get(id)?.state).toBe('connecting');
  expect(await mute(page).count(), 'nobody hears the agent yet').toBe(0);
  await expect.poll(() => center.world.agent('agent-1').audioId).toBeTruthy();
  center.world.connect(id);
  await mute(page).waitFor();
  return { page, id };
}

describe('mute', () => {
  it('P1 closes the microphone and warns, until it is opened again', async () => {
    const { page } = await inCall();
    await expect.poll(() => microphoneLevel(page)).toBeGreaterThan(0);
    expect(await pressed(page)).toBe('false');
    await mute(page).click();
    await warning(page).waitFor();
    expect(await pressed(page)).toBe('true');
    await said(page, 'You’re muted.');
    await panel(page).getByText('Muted', { exact: true }).waitFor();
    await page.waitForTimeout(300);
    expect(await loudest(page)).toBe(0);
    await expectAccessible(page);
    await page.keyboard.press('Alt+Shift+M');
    await warning(page).waitFor({ state: 'detached' });
    await said(page, 'You’re no longer muted.');
    await expect.poll(() => microphoneLevel(page)).toBeGreaterThan(0);
  });

  it('P1 survives a reload and a new audio path, and ends with the call', async () => {
    const { page, id } = await inCall('/settings');
    await page.keyboard.press('Alt+Shift+M');
    await warning(page).waitFor();
    await page.reload();
    await warning(page).waitFor();
    await node.evaluate(() => (window as unknown as { drop: () => void }).drop());
    await panel(page).getByText('Opening your audio again').waitFor();
    await panel(page).getByText('Connected', { exact: true }).waitFor();
    await warning(page).waitFor();
    expect(await loudest(page)).toBe(0);
    center.world.end(id);
    center.world.endWrapUp('agent-1');
    const next = center.world.ring('agent-1', jeanne);
    await button(page, 'Accept').click();
    await expect.poll(() => center.world.contacts.get(next.id)?.state).toBe('connecting');
    center.world.connect(next.id);
    await mute(page).waitFor();
    expect(await pressed(page)).toBe('false');
    await expect.poll(() => microphoneLevel(page)).toBeGreaterThan(0);
  });
});

describe('hold', () => {
  it('P1 shows since when, keeps the microphone closed, and resumes with the agent’s own mute as it was', async () => {
    const { page, id } = await inCall();
    await hold(page).dblclick();
    const held = panel(page).getByRole('region', { name: 'Hold' });
    await held
      .getByRole('timer', { name: 'Time on hold' })
      .getByText(/^0:0[1-9]$/)
      .waitFor();
    await said(page, 'The customer is on hold.');
    expect(center.world.turns, 'a double click is one').toBe(1);
    expect(center.world.contacts.get(id)?.heldAt).toBeTruthy();
    expect(await pressed(page), 'their own mute is another').toBe('false');
    expect(await loudest(page)).toBe(0);
    await expectAccessible(page);

    await page.reload();
    await held.waitFor();
    expect(await loudest(page)).toBe(0);
    await mute(page).click();
    await page.keyboard.press('Alt+Shift+H');
    await hold(page).waitFor();
    await said(page, 'The customer is off hold. You hear each other again.');
    await warning(page).waitFor();
    expect(await loudest(page)).toBe(0);
    await mute(page).click();
    await expect.poll(() => microphoneLevel(page)).toBeGreaterThan(0);
  });

  it('P1 keeps the focus on its button', async () => {
    const { page } = await inCall();
    await hold(page).focus();
    await page.keyboard.press('Enter');
    await resume(page).waitFor();
    expect(await resume(page).evaluate((it) => it === document.activeElement)).toBe(true);
  });

  it('P1 that fails says who hears whom, and the call goes on', async () => {
    const { page } = await inCall();
    center.failing = 503;
    await hold(page).click();
    await page.getByText('The customer isn’t on hold, as far as we know').waitFor();
    center.failing = undefined;
    await expectAccessible(page);
    await expect.poll(() => microphoneLevel(page)).toBeGreaterThan(0);
    await hold(page).click();
    await resume(page).waitFor();
    expect(await page.getByText('The customer isn’t on hold').count()).toBe(0);
    center.failing = 503;
    await page.waitForTimeout(600);
    await resume(page).click();
    await page.getByText('The customer may still be on hold').waitFor();
    center.failing = undefined;
    await resume(page).waitFor();
  });
});

describe('looks', () => {
  it.each([
    ['French, dark', { language: 'fr', dark: true, width: 1024, height: 700 }],
    ['French, narrow', { language: 'fr', width: 400 }],
    ['English, narrow, dark', { width: 400, dark: true }],
    ['English', {}],
  ] as const)('%s: muted and on hold are accessible, and the red phone stays in sight', async (_, look) => {
    const { page } = await inCall('/desk', look);
    await mute(page).click();
    await hold(page).click();
    await resume(page).waitFor();
    await expectAccessible(page);
    const hangUp = button(page, /^(End call|Raccrocher)$/);
    expect(await hangUp.evaluate((phone) => phone.getBoundingClientRect().bottom <= window.innerHeight)).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });
});
