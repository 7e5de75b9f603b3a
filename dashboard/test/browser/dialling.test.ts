import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Line } from '../../src/api/model';
import { expectAccessible } from '../axe';
import type { Look } from './browser';
import { setStage } from './stage';

const stage = setStage();

const dial = (page: Page) => page.getByRole('dialog', { name: /^(Call a number|Appeler un numéro)$/ });
const open = (page: Page) =>
  page.getByRole('banner').getByRole('button', { name: /^(Call a number|Appeler un numéro)$/ });
const field = (page: Page) => dial(page).getByRole('combobox', { name: /^(Number or name|Numéro ou nom)$/ });
const key = (page: Page, name: string) => dial(page).getByRole('button', { name, exact: true });
const call = (page: Page) => key(page, 'Call');
const option = (page: Page, name: string | RegExp) => dial(page).getByRole('option', { name });
const panel = (page: Page) => page.getByRole('region', { name: /^(Call|Appel)$/ });
const focused = (page: Page) => field(page).evaluate((it) => it === document.activeElement);

const ownLine: Line = { number: '+33170189911', label: 'Camille', own: true };

/** An agent with lines and audio. */
async function desk(path = '/settings', look: Look = {}): Promise<Page> {
  const { world } = stage.center;
  world.setStatus('agent-1', 'ready', undefined, ['q-support']);
  world.lines = [ownLine, ...world.lines];
  world.ownLines = { 'agent-2': ['+33170189922'] };
  const page = await stage.open(path, look);
  await expect.poll(() => world.agent('agent-1').audioId).toBeTruthy();
  return page;
}

/** Opens it, which takes the focus, and types. */
async function begin(page: Page, text: string): Promise<void> {
  await open(page).click();
  await field(page).waitFor();
  expect(await focused(page)).toBe(true);
  await page.keyboard.type(text);
}

/** Waits until the desk knows that its audio is up: before, Enter calls nobody. */
const mayCall = (page: Page) => expect.poll(() => call(page).isEnabled(), { message: 'a call can be made' }).toBe(true);

describe('a number', () => {
  it('S2 is written as people write it, and called once however often it is asked for', async () => {
    const page = await desk();
    await begin(page, '0612345678');
    expect(await field(page).inputValue()).toBe('06 12 34 56 78');
    await expectAccessible(page);
    await call(page).dblclick();
    await panel(page).getByText('Outgoing call').waitFor();
    await dial(page).waitFor({ state: 'detached' });
    expect(stage.center.calls.asked).toHaveLength(1);
    const { from, to } = [...stage.center.world.contacts.values()][0] ?? {};
    expect([from, to]).toEqual(['+33612345678', ownLine.number]);
    await panel(page).getByText('Camille · +33 1 70 18 99 11').waitFor();
    await expectAccessible(page);
  });

  it('is pressed, with the mouse and with keys, and corrected', async () => {
    const page = await desk();
    await page.keyboard.press('Alt+Shift+C');
    await field(page).waitFor();
    const box = await key(page, '0, pressed long: plus').boundingBox();
    await page.mouse.move((box?.x ?? 0) + 10, (box?.y ?? 0) + 10);
    await page.mouse.down();
    await expect.poll(() => field(page).inputValue()).toBe('+');
    await page.mouse.up();
    await key(page, '3 DEF').click();
    await page.keyboard.type('36');
    await expect.poll(() => field(page).inputValue()).toBe('+33 6');
    await key(page, 'Delete the last sign').click();
    await expect.poll(() => field(page).inputValue()).toBe('+33');
    await field(page).fill('+33 6 12 34');
    await field(page).press('Home');
    await page.keyboard.press('Delete');
    expect(await field(page).inputValue(), 'what is edited before its end stays').toBe('33 6 12 34');
    await page.keyboard.press('Escape');
    await dial(page).waitFor({ state: 'detached' });
    expect(await open(page).evaluate((it) => it === document.activeElement)).toBe(true);
  });

  it('that is refused is explained beside the field, and nothing is lost', async () => {
    const refusals: [slug: string, status: number, text: string][] = [
      ['too-short', 422, 'This number is too short'],
      ['number-premium', 422, 'Calls to this number cost extra'],
      ['number-emergency', 422, 'Emergency numbers can’t be called from here'],
      ['no-line', 409, 'You have no line to call from'],
      ['agent-without-audio', 409, 'You have no audio here'],
    ];
    const page = await desk();
    await begin(page, '0899123456');
    await mayCall(page);
    for (const [slug, status, text] of refusals) {
      stage.center.calls.refuse = { verb: 'dial', status, slug };
      await page.keyboard.press('Enter');
      await dial(page).getByText(text).waitFor();
      expect(await field(page).inputValue()).toBe('0 899 12 34 56');
      expect(await focused(page)).toBe(true);
      await expectAccessible(page);
    }
    await page.keyboard.press('Enter');
    await panel(page).getByText('Outgoing call').waitFor();
    expect(new Set(stage.center.calls.asked).size, 'a refused call is another one when it is tried again').toBe(
      refusals.length + 1,
    );
  });

  it('that did not reach the centre is asked for under the same name again', async () => {
    const page = await desk();
    await begin(page, '0612345678');
    await mayCall(page);
    const sent: (string | null)[] = [];
    await page.route('**/api/calls', async (route) => {
      sent.push(route.request().postData());
      await (sent.length === 1 ? route.abort() : route.fallback());
    });
    await page.keyboard.press('Enter');
    await dial(page).getByText('The server couldn’t be reached').waitFor();
    await page.keyboard.press('Enter');
    await panel(page).getByText('Outgoing call').waitFor();
    expect(sent).toEqual([sent[0], sent[0]]);
    expect(stage.center.calls.asked).toHaveLength(1);
  });

  it('whose answer was lost has become a call, and no other is made beside it', async () => {
    const page = await desk();
    await begin(page, '0612345678');
    await mayCall(page);
    await page.route('**/api/calls', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await page.keyboard.press('Enter');
    await panel(page).getByText('Outgoing call').waitFor();
    await dial(page).getByText('You’re on a call').waitFor();
    expect(await call(page).isDisabled()).toBe(true);
    expect(stage.center.calls.asked).toHaveLength(1);
  });
});

describe('who is called', () => {
  it('is found by name or digits among colleagues, customers and the last numbers, and chosen with the keys', async () => {
    const { chats, world } = stage.center;
    world.addChatQueues();
    const chat = chats.begin({ customer: { id: '+33698765432', name: 'Étienne Roux', phone: '+33698765432' } });
    chats.assign('agent-1', chat.id, { agentId: 'agent-1' });
    const page = await desk();
    await open(page).click();
    await option(page, /Noor Haddad.*Away.*\+33 1 70 18 99 22/).waitFor();
    await field(page).fill('etienne');
    await option(page, /Étienne Roux/).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => field(page).inputValue()).toBe('+33 6 98 76 54 32');
    await dial(page).getByText('Étienne Roux').first().waitFor();
    await page.keyboard.press('Enter');
    await panel(page).getByText('+33 6 98 76 54 32').waitFor();
    await panel(page).getByRole('button', { name: 'End call' }).click();
    await panel(page).waitFor({ state: 'detached' });
    await open(page).click();
    await dial(page).getByRole('group', { name: 'Last called' }).getByText('Étienne Roux').waitFor();
    await field(page).fill('06 98');
    await expect.poll(() => dial(page).getByRole('listbox').getByRole('option').count()).toBe(2);
    await field(page).fill('zzz');
    await dial(page).getByText('Nobody found by this name or number.').waitFor();
    await expectAccessible(page);
    await field(page).fill('');
    await key(page, 'Forget the last numbers').click();
    await dial(page).getByRole('group', { name: 'Last called' }).waitFor({ state: 'detached' });
    expect(await dial(page).evaluate((it) => it.contains(document.activeElement))).toBe(true);
  });

  it('an incoming call can be taken while a number is being written, which stays', async () => {
    const page = await desk();
    await begin(page, '0612');
    stage.center.world.ring('agent-1', { from: '+33612345678', callerName: 'Jeanne Martin' });
    await panel(page).getByRole('button', { name: 'Accept' }).click();
    await panel(page).getByRole('button', { name: 'End call' }).waitFor();
    expect(await field(page).inputValue()).toBe('06 12');
    await expectAccessible(page);
  });
});

describe('lines', () => {
  const line = (page: Page) => page.getByRole('combobox', { name: /^(Line|Ligne)$/ });

  it('S2 one is chosen at the bottom left, kept by the server, and the old one stays if that fails', async () => {
    const page = await desk('/');
    expect(await line(page).inputValue()).toBe(ownLine.number);
    await expectAccessible(page);
    await line(page).selectOption('+33170189900');
    await expect.poll(() => stage.center.world.agent('agent-1').line).toBe('+33170189900');
    await page.goto(`${stage.center.origin}/team`);
    await expect.poll(() => line(page).inputValue()).toBe('+33170189900');
    stage.center.calls.refuse = { verb: 'line', status: 422, slug: 'line-unknown' };
    await line(page).selectOption(ownLine.number);
    await page.getByText('This line is no longer yours').waitFor();
    expect(await line(page).inputValue()).toBe('+33170189900');
    await page.goto(`${stage.center.origin}/desk`);
    await open(page).click();
    await expect.poll(() => line(page).count()).toBe(2);
  });

  it('S2 a single one is said, and none is not', async () => {
    const page = await stage.open('/');
    const bar = page.getByRole('navigation');
    await bar.getByText('+33 1 70 18 99 00').waitFor();
    expect(await line(page).count()).toBe(0);
    stage.center.world.lines = [];
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await bar.getByText('+33 1 70').count()).toBe(0);
    await open(page).click();
    await dial(page).getByText('You have no line to call from.').waitFor();
    await expectAccessible(page);
  });

  it('S2 where there is no side bar, the account’s menu has them', async () => {
    const page = await desk('/', { width: 400 });
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: /Atelier Lumen/ }).click();
    await expect.poll(() => stage.center.world.agent('agent-1').line).toBe('+33170189900');
  });
});

describe('looks', () => {
  it.each([
    ['French, dark', { language: 'fr', dark: true, width: 1024, height: 700 }],
    ['French, narrow', { language: 'fr', width: 400 }],
    ['English, magnified four times', { width: 320, height: 256 }],
    ['English', {}],
  ] as const)('%s: dialling is accessible, and its button stays in sight', async (_, look) => {
    const page = await desk('/desk', look);
    await open(page).click();
    await field(page).fill('06');
    await expectAccessible(page);
    await stage.keepPictures(`${expect.getState().currentTestName} dialling`);
    const button = dial(page).getByRole('button', { name: /^(Call|Appeler)$/, exact: true });
    await button.scrollIntoViewIfNeeded();
    expect(await button.evaluate((it) => it.getBoundingClientRect().bottom <= window.innerHeight)).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });
});
