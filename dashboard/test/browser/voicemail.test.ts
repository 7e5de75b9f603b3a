import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectAccessible } from '../axe';
import { launchChromium } from '../chromium';
import { FakeCenter } from '../fake/fake-center';
import { signIn } from './browser';

let browser: Browser;
let center: FakeCenter;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

beforeEach(async () => {
  center = new FakeCenter();
  await center.listen();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await center.close();
});

const PAGE = '/voicemail';
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const row = (page: Page, name: string | RegExp) => page.getByRole('row', { name });
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });

describe('messages of callers', () => {
  it('P6 wait to be dealt with, and their number shows on every page', async () => {
    center.voicemails.leave({ callerName: 'Jeanne Petit' });
    center.voicemails.leave({ lineId: 'q-sales' });
    center.voicemails.leave({ lineId: 'line:agent-2' });
    const page = await signIn(browser, center);
    await page.getByText('2 messages to deal with').waitFor({ state: 'attached' });
    await page.getByRole('link', { name: /Voicemail/ }).click();
    await row(page, /Jeanne Petit.*\+33 6 12 34 56 78.*0:12.*Support.*New/).waitFor();
    await row(page, /^\+33 6 12 34 56 78.*Sales/).waitFor();
    await tab(page, 'To do (2)').waitFor();
    await expectAccessible(page);
    await button(page, 'Queue All queues').click();
    await page.getByRole('option', { name: 'Sales' }).click();
    await row(page, /Jeanne Petit/).waitFor({ state: 'detached' });
    await row(page, /Sales/).waitFor();
  });

  it('P6 are listened to in their place', async () => {
    center.voicemails.leave({ callerName: 'Jeanne Petit' });
    const page = await signIn(browser, center, PAGE);
    await button(page, /^Listen: Jeanne Petit/).click();
    await row(page, /0:0\d \/ 0:12/).waitFor();
    await expectAccessible(page);
    await button(page, /^Stop listening: Jeanne Petit/).click();
    await page.route('**/files/*', (route) => route.abort());
    await button(page, /^Listen: Jeanne Petit/).click();
    await page.getByText('Couldn’t be played. Try again.').waitFor();
  });

  it('P6 are done by one agent, as others see at once, and reopened; the focus is never lost', async () => {
    center.voicemails.leave({ callerName: 'Jeanne Petit' });
    const page = await signIn(browser, center, PAGE);
    const other = await signIn(browser, center, PAGE);
    await button(page, /^Done: Jeanne Petit/).focus();
    await page.keyboard.press('Enter');
    await page.getByText(/“Jeanne Petit, .*” is done\./).waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('is done');
    await page.getByText('No message to deal with.').waitFor();
    await tab(other, 'Done (1)').click();
    await row(other, /Jeanne Petit.*Done · Camille Durand/).waitFor();
    await expectAccessible(other);
    await button(other, /^Reopen: Jeanne Petit/).click();
    await other.getByText(/is to do again\./).waitFor();
    await row(page, /Jeanne Petit.*New/).waitFor();
  });

  it('P6 arrive, change and go by themselves', async () => {
    const page = await signIn(browser, center, PAGE);
    await page.getByText('No message to deal with.').waitFor();
    await expectAccessible(page);
    const { id } = center.voicemails.leave({ state: 'fetching', sound: false });
    await row(page, /On its way/).waitFor();
    expect(await button(page, /^Listen/).count()).toBe(0);
    center.voicemails.change(id, { state: 'new', sound: true, seconds: 5 });
    await row(page, /0:05.*New/).waitFor();
    center.voicemails.remove('lead-1', 'q-support', id);
    await page.getByText('No message to deal with.').waitFor();
    center.muted = true;
    center.voicemails.leave({ state: 'failed', sound: false });
    center.muted = false;
    center.dropConnections();
    await row(page, /The sound is lost/).waitFor();
  });

  it('P6 lead to a call back, once however often it is asked for', async () => {
    center.voicemails.leave({ callerName: 'Jeanne Petit' });
    center.voicemails.leave({ callerName: 'Nobody' });
    const withheld = center.voicemails.leave();
    center.voicemails.change(withheld.id, { from: '' });
    const page = await signIn(browser, center, PAGE);
    const asked: { id: string; to: string }[] = [];
    await page.route('**/api/calls', (route) => {
      asked.push(route.request().postDataJSON());
      if (asked.length === 1) return route.abort();
      if (asked.length === 2) {
        const problem = { type: '/problems/agent-without-audio', status: 409 };
        return route.fulfill({ status: 409, contentType: 'application/problem+json', json: problem });
      }
      const { from: _, ...contact } = center.world.ring('agent-2');
      return route.fulfill({ json: { ...contact, kind: 'outbound' } });
    });
    await row(page, 'Unknown caller').waitFor();
    expect(await button(page, /^Call back/).count()).toBe(2);
    await button(page, /^Call back: Jeanne Petit/).click();
    await page.getByText('The server couldn’t be reached').waitFor();
    await expectAccessible(page);
    await button(page, /^Call back: Jeanne Petit/).click();
    await page.getByText('You have no audio here, so no call was made.').waitFor();
    await button(page, /^Call back: Jeanne Petit/).click();
    await expect.poll(() => asked.length).toBe(3);
    await page.getByText('You have no audio here').waitFor({ state: 'detached' });
    expect(asked.map(({ to }) => to)).toEqual(Array(3).fill('+33612345678'));
    expect(asked[0]?.id).toMatch(/^ct_[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
    expect(asked[1]?.id, 'whether it was made was not known').toBe(asked[0]?.id);
    expect(asked[2]?.id, 'it was refused').not.toBe(asked[0]?.id);
    await row(page, /Jeanne Petit/).waitFor();
  });

  it('P6 are deleted by supervisors, and by agents on their own line', async () => {
    center.voicemails.leave({ callerName: 'Jeanne Petit' });
    center.voicemails.leave({ callerName: 'A friend', lineId: 'line:agent-1' });
    const page = await signIn(browser, center, PAGE);
    await row(page, /A friend.*Your own line/).waitFor();
    expect(await button(page, /^Delete/).count()).toBe(1);
    await button(page, /^Delete: A friend/).click();
    const dialog = page.getByRole('dialog', { name: 'Delete the message' });
    await dialog.waitFor();
    await expectAccessible(page);
    center.failing = 503;
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await dialog.getByText('Something broke on the server.').waitFor();
    center.failing = undefined;
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText(/“A friend, .*” is deleted\./).waitFor();
    await row(page, /A friend/).waitFor({ state: 'detached' });
    await row(page, /Jeanne Petit/).waitFor();
  });

  it('P6 that cannot be loaded are explained, and nothing that was there is lost', async () => {
    const page = await signIn(browser, center, '/settings');
    center.failing = 503;
    await page.getByRole('link', { name: 'Voicemail' }).click();
    await page.getByText('The messages couldn’t be loaded. They are safe on the server.').waitFor();
    await expectAccessible(page);
    center.muted = true;
    center.voicemails.leave({ callerName: 'Jeanne Petit' });
    center.failing = undefined;
    await button(page, 'Try again').click();
    await row(page, /Jeanne Petit/).waitFor();
    center.failing = 503;
    await button(page, /^Done: Jeanne Petit/).click();
    await page.getByText('Something broke on the server.').waitFor();
    await row(page, /Jeanne Petit.*New/).waitFor();
  });

  it('P6 are there in French, in the dark and on a narrow page', async () => {
    center.voicemails.leave({ callerName: 'Jeanne Petit', lineId: 'line:agent-1' });
    const page = await signIn(browser, center, PAGE, { language: 'fr', dark: true, width: 320, height: 640 });
    await page.getByRole('heading', { name: 'Messagerie vocale' }).waitFor();
    await row(page, /Jeanne Petit.*Votre ligne.*Nouveau/).waitFor();
    await expectAccessible(page);
    await button(page, /^Compte/).click();
    await page.getByRole('menuitem', { name: 'Messagerie vocale (1)' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
});
