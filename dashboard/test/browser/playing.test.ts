import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessible } from '../axe';
import type { Look } from './browser';
import { setStage } from './stage';

const stage = setStage();
const jeanne = { from: '+33612345678', callerName: 'Jeanne Martin' };
const panel = (page: Page) => page.getByRole('region', { name: /^(Call|Appel)$/ });
const button = (page: Page, name: string | RegExp) => panel(page).getByRole('button', { name, exact: true });
const playing = (page: Page) => page.getByRole('region', { name: /^(Message that plays|Message en cours)$/ });
const said = (page: Page, text: string) => page.getByRole('status').getByText(text).waitFor({ state: 'attached' });

/** An agent in a connected call. */
async function inCall(path = '/desk', look: Look = {}): Promise<{ page: Page; id: string }> {
  stage.center.world.setStatus('agent-1', 'ready', undefined, ['q-support']);
  const page = await stage.open(path, look);
  const { id } = stage.center.world.ring('agent-1', jeanne);
  await button(page, /^(Accept|Accepter)$/).click();
  await expect.poll(() => stage.center.world.contacts.get(id)?.state).toBe('connecting');
  expect(await button(page, /^(Show recordings|Afficher les enregistrements)$/).count(), 'nobody hears it yet').toBe(0);
  stage.center.world.connect(id);
  await button(page, /^(Show recordings|Afficher les enregistrements)$/).click();
  return { page, id };
}

describe('a message in a call', () => {
  it('S27 is chosen, plays with a countdown, and comes to its end', async () => {
    stage.center.recordings.add({ name: 'Opening hours', tags: ['shop'] }, 40);
    stage.center.recordings.add({ name: 'Closed in August', archived: true });
    const { page, id } = await inCall();
    await button(page, 'Play: Opening hours').waitFor();
    await panel(page).getByText('shop').waitFor();
    expect(await panel(page).getByText('Closed in August').count()).toBe(0);
    await expectAccessible(page);
    await button(page, 'Play: Opening hours').dblclick();
    await playing(page).getByText('Opening hours').waitFor();
    expect(stage.center.world.playings).toHaveLength(1);
    await playing(page)
      .getByRole('timer', { name: 'Time left' })
      .getByText(/^0:3\d$/)
      .waitFor();
    await said(page, 'The message Opening hours is playing.');
    await expectAccessible(page);

    await page.reload();
    await playing(page).getByText('Opening hours').waitFor();

    stage.center.world.played(id);
    await playing(page).waitFor({ state: 'detached' });
    await said(page, 'The message has ended. You’re talking to the customer.');
    await button(page, 'Show recordings').waitFor();
    expect(stage.center.world.contacts.get(id)?.state).toBe('connected');
  });

  it('S27 is stopped, and the focus stays in the panel', async () => {
    stage.center.recordings.add({ name: 'Opening hours' }, 60);
    const { page, id } = await inCall();
    await button(page, 'Play: Opening hours').focus();
    await page.keyboard.press('Enter');
    await button(page, 'Stop').waitFor();
    const inPanel = () => panel(page).evaluate((region) => region.contains(document.activeElement));
    expect(await inPanel()).toBe(true);
    await button(page, 'Stop').focus();
    await page.keyboard.press('Enter');
    await button(page, 'Show recordings').waitFor();
    expect(await inPanel()).toBe(true);
    expect(stage.center.world.contacts.get(id)?.playback).toBeUndefined();
  });

  it('S28 ends the call', async () => {
    stage.center.recordings.add({ name: 'Goodbye' }, 20);
    const { page, id } = await inCall('/conversations');
    await button(page, 'Play and hang up: Goodbye').click();
    await playing(page).getByText('The call ends after the message.').waitFor();
    await said(page, 'The message Goodbye is playing. The call ends after it.');
    await expectAccessible(page);
    stage.center.world.played(id);
    await panel(page).getByRole('timer', { name: 'Wrap-up time left' }).waitFor();
  });

  it('S28 does not end the call when it is stopped', async () => {
    stage.center.recordings.add({ name: 'Goodbye' }, 20);
    const { page, id } = await inCall();
    await button(page, 'Play and hang up: Goodbye').click();
    await button(page, 'Stop and stay on the call').click();
    await button(page, 'Show recordings').waitFor();
    expect(stage.center.world.contacts.get(id)?.state).toBe('connected');
  });

  it('S27 is searched for among many', async () => {
    for (const name of ['Été', 'Address', 'Parking', 'Refunds', 'Delivery']) stage.center.recordings.add({ name });
    const { page } = await inCall();
    await button(page, 'Play: Address').waitFor();
    expect(await panel(page).getByRole('searchbox').count()).toBe(0);
    await button(page, 'Hide recordings').click();
    stage.center.recordings.add({ name: 'Opening hours', tags: ['shop'] });
    await button(page, 'Show recordings').click();
    await panel(page).getByRole('searchbox').fill('SHOP');
    await expect.poll(() => panel(page).getByRole('listitem').count()).toBe(1);
    await panel(page).getByRole('searchbox').fill('ete');
    await button(page, 'Play: Été').waitFor();
    await panel(page).getByRole('searchbox').fill('xyz');
    await panel(page).getByText('No message has this name or tag.').waitFor();
    await expectAccessible(page);
  });

  it('S27 that can’t be played is explained, and the call goes on', async () => {
    const { id: archived } = stage.center.recordings.add({ name: 'Opening hours' });
    const { page } = await inCall();
    await button(page, 'Play: Opening hours').waitFor();
    stage.center.recordings.update('agent-1', archived, { name: 'Opening hours', archived: true });
    await button(page, 'Play: Opening hours').click();
    await page.getByText('This message is in the archive, so nothing was played.').waitFor();
    await expectAccessible(page);
    await panel(page).getByText('Connected', { exact: true }).waitFor();
  });

  it('S27 without any message, the way to record one is shown; a list that failed is tried again', async () => {
    const { page } = await inCall();
    await panel(page).getByText('You have no message to play.').waitFor();
    await expectAccessible(page);
    await button(page, 'Hide recordings').click();
    stage.center.failing = 503;
    await button(page, 'Show recordings').click();
    await panel(page).getByText('Your messages couldn’t be loaded.').waitFor();
    stage.center.failing = undefined;
    stage.center.recordings.add({ name: 'Opening hours' });
    await button(page, 'Try again').click();
    await button(page, 'Play: Opening hours').waitFor();
  });
});

describe('looks', () => {
  it.each([
    ['French, dark', { language: 'fr', dark: true, width: 1024, height: 700 }],
    ['French, narrow', { language: 'fr', width: 400 }],
    ['English, narrow, dark', { width: 400, dark: true }],
  ] as const)('%s: the list and what plays are accessible, and the red phone stays in sight', async (_, look) => {
    for (let i = 0; i < 8; i++) stage.center.recordings.add({ name: `Mentions légales ${i}`, tags: ['juridique'] }, 60);
    const { page } = await inCall('/desk', look);
    await panel(page).getByRole('listitem').first().waitFor();
    await expectAccessible(page);
    const hangUp = button(page, /^(End call|Raccrocher)$/);
    expect(await hangUp.evaluate((phone) => phone.getBoundingClientRect().bottom <= window.innerHeight)).toBe(true);
    await button(page, /^(Play|Lire)[\s ]?: Mentions légales 0$/).click();
    await playing(page).waitFor();
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });
});
