import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessible } from '../test/axe';
import { SignInPage } from './pages/sign-in-page';
import { type Look, openStage } from './stage/stage';

const stage = openStage();

/** Far more stops than any page has. */
const STOPS = 80;

/** Goes to a control with the Tab key alone. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let stop = 0; stop < STOPS; stop++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the Tab key does not reach ${target}`);
}

async function pressOn(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

test('P11 the keyboard alone suffices, from signing in to the end of wrap-up', async () => {
  const page = await stage.visit();
  const signIn = new SignInPage(page);
  await pressOn(page, signIn.start);
  await pressOn(page, signIn.person('camille'));
  await page.getByRole('heading', { name: 'Hello, Camille Martin' }).waitFor();
  const agent = await stage.adopt(page, 'camille');

  await pressOn(page, agent.headset);
  await pressOn(page, agent.logInButton);
  await agent.audioUp();
  const customer = await stage.customer();
  const first = await customer.call({ from: '+33639980001' });
  await pressOn(page, agent.call.accept);
  await agent.call.connected();
  await pressOn(page, agent.call.end, 'Space');
  await first.ended();
  await pressOn(page, agent.call.endWrapUp);
  await agent.call.idle();

  await tabTo(page, agent.status.trigger);
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => agent.status.text()).toMatch(/^Paused: /);
});

test('P11 shortcuts work wherever the focus is', async () => {
  const agent = await stage.ready('camille');
  const { keyboard } = agent.page;
  const customer = await stage.customer();
  await customer.call({ from: '+33639980001' });
  await agent.call.rings();
  await keyboard.press('Alt+Shift+A');
  await agent.call.connected();
  await keyboard.press('Alt+Shift+E');
  await agent.call.wrapUp();
  await keyboard.press('Alt+Shift+W');
  await agent.call.idle();
  await agent.status.choose('Break');
  await expect.poll(() => agent.status.text()).toBe('Paused: Break');
  await keyboard.press('Alt+Shift+R');
  await expect.poll(() => agent.status.text()).toBe('Ready');
});

/** Follows one agent's way through every state and checks the page in each. */
async function everyState(look: Look, check: (page: Page, state: string) => Promise<void>): Promise<void> {
  const page = await stage.visit('/', look);
  await new SignInPage(page, look.language).start.waitFor();
  await check(page, 'landing');
  const agent = await stage.signInOn(page, 'sam', look.language);
  await agent.page.getByRole('heading', { level: 1 }).waitFor();
  await check(page, 'home');
  await agent.openDesk();
  await check(page, 'desk, logged out');
  await agent.logIn();
  await agent.audioUp();
  await check(page, 'desk, ready');
  const customer = await stage.customer(look);
  await customer.call({ name: 'Nadia Benali' });
  await agent.call.rings();
  await agent.page.bringToFront();
  await check(page, 'desk, ringing');
  await agent.call.accept.click();
  await agent.call.connected();
  await check(page, 'desk, in a call');
  await check(customer.page, 'simulator, in a call');
  await agent.call.end.click();
  await agent.call.wrapUp();
  await check(page, 'desk, wrap-up');
  await agent.call.endWrapUp.click();
  await agent.call.idle();
  await agent.page.goto(`${stage.origin}/settings`);
  await agent.page.getByRole('heading', { level: 1, name: agent.words.settings.title }).waitFor();
  await check(page, 'settings');
  await agent.page.goto(`${stage.origin}/team`);
  await agent.page.getByText('Camille Martin').first().waitFor();
  await check(page, 'team');
}

test('P11 no axe violation in any state, in light mode', () => everyState({ colorScheme: 'light' }, expectAccessible));

test('P11 no axe violation in any state, in dark mode and French', async () => {
  await everyState({ colorScheme: 'dark', language: 'fr' }, async (page, state) => {
    const [red = 255] = await page.evaluate(() =>
      (getComputedStyle(document.body).backgroundColor.match(/\d+/g) ?? []).map(Number),
    );
    expect(red, `${state} is dark`).toBeLessThan(80);
    await expectAccessible(page, state);
  });
});

test('P11 no axe violation on the provider’s page and for who is no agent', async () => {
  stage.faults.expect(/^403: /, /unexpected response code: 403/i);
  const page = await stage.visit();
  const signIn = new SignInPage(page);
  await signIn.start.click();
  await signIn.person('robin').waitFor();
  await expectAccessible(page, 'sign-in page');
  await signIn.person('robin').click();
  await page.getByRole('heading', { name: 'You’re signed in, but you’re not an agent' }).waitFor();
  await expectAccessible(page, 'not an agent');
});

test('P11 a window 400 px wide shows everything without scrolling sideways', () =>
  everyState({ viewport: { width: 400, height: 800 } }, async (page, state) => {
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(beyond, `${state}: pixels beyond the edge`).toBeLessThanOrEqual(0);
    if (state === 'desk, ringing') {
      const box = await page.getByRole('button', { name: 'Accept', exact: true }).boundingBox();
      expect(box && box.y >= 0 && box.y + box.height <= 800, 'the green phone is on the screen').toBe(true);
    }
  }));
