import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessible } from '../axe';
import { dropPeers, type Look } from './browser';
import { setStage } from './stage';

const stage = setStage();
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
  stage.center.world.setStatus('agent-1', 'ready', undefined, ['q-support']);
  const page = await stage.open(path, look);
  const { id } = stage.center.world.ring('agent-1', jeanne);
  await button(page, /^(Accept|Accepter)$/).click();
  await expect.poll(() => stage.center.world.contacts.get(id)?.state).toBe('connecting');
  expect(await mute(page).count(), 'nobody hears the agent yet').toBe(0);
  await expect.poll(() => stage.center.world.agent('agent-1').audioId).toBeTruthy();
  stage.center.world.connect(id);
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
    await dropPeers(stage.node);
    await panel(page).getByText('Opening your audio again').waitFor();
    await panel(page).getByText('Connected', { exact: true }).waitFor();
    await warning(page).waitFor();
    expect(await loudest(page)).toBe(0);
    stage.center.world.end(id);
    stage.center.world.endWrapUp('agent-1');
    const next = stage.center.world.ring('agent-1', jeanne);
    await button(page, 'Accept').click();
    await expect.poll(() => stage.center.world.contacts.get(next.id)?.state).toBe('connecting');
    stage.center.world.connect(next.id);
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
    expect(stage.center.world.turns, 'a double click is one').toBe(1);
    expect(stage.center.world.contacts.get(id)?.heldAt).toBeTruthy();
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
    stage.center.failing = 503;
    await hold(page).click();
    await page.getByText('The customer isn’t on hold, as far as we know').waitFor();
    stage.center.failing = undefined;
    await expectAccessible(page);
    await expect.poll(() => microphoneLevel(page)).toBeGreaterThan(0);
    await hold(page).click();
    await resume(page).waitFor();
    expect(await page.getByText('The customer isn’t on hold').count()).toBe(0);
    stage.center.failing = 503;
    await page.waitForTimeout(600);
    await resume(page).click();
    await page.getByText('The customer may still be on hold').waitFor();
    stage.center.failing = undefined;
    await resume(page).waitFor();
  });
});

const keypad = (page: Page) => panel(page).getByRole('group', { name: /^(Keypad|Clavier)$/ });
const key = (page: Page, name: string) => keypad(page).getByRole('button', { name, exact: true });
const dialled = () => [...stage.center.world.digits.values()].join('');

describe('the keypad', () => {
  it('P1 sends what is pressed, by mouse and by keyboard, in order', async () => {
    const { page } = await inCall();
    await button(page, 'Keypad').click();
    expect(await keypad(page).evaluate((it) => it === document.activeElement)).toBe(true);
    await page.keyboard.type('0612*');
    await key(page, 'hash').click();
    await key(page, '5 JKL').dblclick();
    await keypad(page).getByText('0612*#55', { exact: true }).waitFor();
    await expect.poll(dialled).toBe('0612*#55');
    await expectAccessible(page);
    await key(page, '7 PQRS').focus();
    await page.keyboard.press('Enter');
    await expect.poll(dialled).toBe('0612*#557');
    await page.keyboard.press('Escape');
    await keypad(page).waitFor({ state: 'detached' });
    expect(await button(page, 'Keypad').evaluate((it) => it === document.activeElement)).toBe(true);
    await page.keyboard.press('3');
    await page.waitForTimeout(200);
    expect(dialled()).toBe('0612*#557');
  });

  it('P1 keeps the digits that could not be sent until they are sent, or given up', async () => {
    const { page } = await inCall('/conversations');
    await button(page, 'Keypad').click();
    await key(page, '1').click();
    await expect.poll(dialled).toBe('1');
    stage.center.failing = 503;
    await page.keyboard.type('5#');
    await panel(page).getByRole('alert').getByText('Not sent: 5#').waitFor();
    await expectAccessible(page);
    stage.center.failing = undefined;
    await button(page, 'Try again').click();
    await panel(page).getByRole('alert').waitFor({ state: 'detached' });
    await expect.poll(dialled).toBe('15#');
    expect(await keypad(page).evaluate((it) => it.contains(document.activeElement))).toBe(true);
    stage.center.failing = 503;
    await page.keyboard.press('9');
    await button(page, 'Discard').click();
    stage.center.failing = undefined;
    await page.keyboard.press('8');
    await expect.poll(dialled).toBe('15#8');
  });
});

const menu = (page: Page) => page.getByRole('button', { name: /^(Agent status|Statut de l’agent)/ });
const item = (page: Page, name: string) => page.getByRole('menuitem', { name, exact: true });
const menuSays = (page: Page, text: string) =>
  page.getByRole('button', { name: `Agent status: ${text}`, exact: true }).waitFor();
const support = () => stage.center.world.agent('agent-1').memberships[0];

describe('the next status', () => {
  it('P2 is chosen during the call, changed, and comes after wrap-up', async () => {
    const { page } = await inCall();
    await menu(page).click();
    await item(page, 'Break').waitFor();
    await expectAccessible(page);
    await item(page, 'Break').click();
    await menuSays(page, 'Ready. After the call: Break');
    expect(support()?.status).toBe('ready');
    await expectAccessible(page);
    await button(page, 'End call').click();
    await menuSays(page, 'Ready. After wrap-up: Break');
    await menu(page).click();
    await item(page, 'Lunch').click();
    await menuSays(page, 'Ready. After wrap-up: Lunch');
    await button(page, 'End wrap-up').click();
    await menuSays(page, 'Paused: Lunch');
    await menu(page).click();
    await item(page, 'Ready').click();
    await menuSays(page, 'Ready');
  });

  it('P2 is taken back, by keeping the status or by changing it now', async () => {
    const { page } = await inCall();
    await menu(page).click();
    await item(page, 'Log out of all queues').click();
    await menuSays(page, 'Ready. After the call: Logged out');
    await menu(page).click();
    await expectAccessible(page);
    await item(page, 'Leave my status as it is').click();
    await menuSays(page, 'Ready');
    expect(stage.center.world.agent('agent-1').next).toBeUndefined();
    await menu(page).click();
    await item(page, 'Lunch').click();
    await menuSays(page, 'Ready. After the call: Lunch');
    await menu(page).focus();
    await page.keyboard.press('Enter');
    await item(page, 'Training now').click();
    await menuSays(page, 'Paused: Training');
    expect(support()?.reason).toBe('training');
  });

  it('P2 a queue’s card applies at once, and while a call rings so does the menu', async () => {
    const { page } = await inCall();
    await page.getByRole('button', { name: 'My status: Support' }).click();
    await item(page, 'Lunch').click();
    await menuSays(page, 'Paused: Lunch');
    await button(page, 'End call').click();
    await button(page, 'End wrap-up').click();
    stage.center.world.setStatus('agent-1', 'ready', undefined, undefined);
    stage.center.world.ring('agent-1', jeanne);
    await button(page, 'Accept').waitFor();
    await menu(page).click();
    await item(page, 'Training').click();
    await menuSays(page, 'Paused: Training');
  });
});

describe('looks', () => {
  it.each([
    ['French, dark', { language: 'fr', dark: true, width: 1024, height: 700 }],
    ['French, narrow', { language: 'fr', width: 400 }],
    ['English, narrow, dark', { width: 400, dark: true }],
    ['English', {}],
  ] as const)('%s: muted, on hold and the keypad are accessible, and the red phone stays in sight', async (_, look) => {
    const { page } = await inCall('/desk', look);
    await mute(page).click();
    await hold(page).click();
    await resume(page).waitFor();
    await stage.keepPictures(`${expect.getState().currentTestName} held`);
    await expectAccessible(page);
    await menu(page).click();
    await page.getByRole('menuitem', { name: /^(Lunch|Déjeuner)$/ }).click();
    await menu(page)
      .getByText(/^(After the call|Après l’appel)/)
      .waitFor();
    await menu(page).click();
    await page.getByRole('menuitem', { name: /^(Break|Pause)$/ }).waitFor();
    await stage.keepPictures(`${expect.getState().currentTestName} menu`);
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await button(page, /^(Keypad|Clavier)$/).click();
    await page.keyboard.type('0612345678#');
    await expect.poll(dialled).toBe('0612345678#');
    await expectAccessible(page);
    const hangUp = button(page, /^(End call|Raccrocher)$/);
    expect(await hangUp.evaluate((phone) => phone.getBoundingClientRect().bottom <= window.innerHeight)).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });
});
