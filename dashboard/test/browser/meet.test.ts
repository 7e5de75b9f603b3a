import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../axe';
import { launchChromium } from '../chromium';
import { hears, shows } from '../meet/look';
import { type Guest, MeetingHouse } from '../meet/meeting-house';

const wait = { timeout: 60_000, interval: 200 };

interface Visitor extends Guest {
  as?: string;
  language?: 'en' | 'fr';
  dark?: boolean;
  width?: number;
  /** What the browser says to a page that asks for devices. */
  refuse?: string;
}

// Three browsers' worth of pictures are coded in software here, which takes its time.
describe('the page of meetings (S23)', { timeout: 300_000 }, () => {
  const house = new MeetingHouse();
  let browser: Browser;
  const rooms = { last: 0 };
  const newRoom = (): string => `rm_${++rooms.last}`;

  beforeAll(async () => {
    await house.open();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await house.close();
  });

  async function visit(visitor: Visitor): Promise<Page> {
    const { language = 'en', dark = false, width = 1280, refuse } = visitor;
    const context = await browser.newContext({
      locale: language,
      colorScheme: dark ? 'dark' : 'light',
      viewport: { width, height: 800 },
      permissions: ['microphone', 'camera'],
    });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    if (refuse) {
      await page.addInitScript((name) => {
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('refused', name));
      }, refuse);
    }
    await page.goto(house.link(visitor));
    return page;
  }

  async function join(visitor: Visitor): Promise<Page> {
    const page = await visit(visitor);
    if (visitor.role !== 'host') await page.getByRole('textbox').fill(visitor.as ?? 'Ada');
    await page.getByRole('button', { name: /^(Join|Rejoindre)$/ }).click();
    await page.getByRole('button', { name: /^(Leave|Quitter)$/ }).waitFor();
    return page;
  }

  async function leaveAll(...pages: Page[]): Promise<void> {
    for (const page of pages) await page.context().close();
  }

  it('shows and sounds two people to each other, and a third who comes late', async () => {
    const roomId = newRoom();
    const agent = await join({ roomId, role: 'host', name: 'Zoé Martin' });
    await agent.getByText('Nobody else is here yet').waitFor();
    const guest = await join({ roomId, as: 'Ada' });
    await expect.poll(() => shows(guest, /Zoé Martin · host/), wait).toBe(true);
    await expect.poll(() => shows(agent, /Ada/), wait).toBe(true);
    await expect.poll(() => hears(agent, 1), wait).toBe(true);
    await expect.poll(() => hears(guest, 1), wait).toBe(true);
    await agent.locator('li.person[data-speaks]').waitFor();

    const late = await join({ roomId, as: 'Grace' });
    await expect.poll(() => shows(late, /Zoé Martin/), wait).toBe(true);
    await expect.poll(() => shows(late, /Ada/), wait).toBe(true);
    await expect.poll(() => hears(late, 2), wait).toBe(true);
    await expect.poll(() => shows(agent, /Grace/), wait).toBe(true);
    await expectAccessible(agent);

    await guest.getByRole('button', { name: 'Leave' }).click();
    await guest.getByText('You have left the meeting.').waitFor();
    await agent.getByRole('listitem').filter({ hasText: 'Ada' }).waitFor({ state: 'detached' });
    await guest.getByRole('button', { name: 'Join again' }).click();
    expect(await guest.getByRole('textbox').inputValue()).toBe('Ada');
    await guest.getByRole('button', { name: 'Join', exact: true }).click();
    await expect.poll(() => shows(agent, /Ada/), wait).toBe(true);
    await expect.poll(() => hears(agent, 2), wait).toBe(true);
    await leaveAll(agent, guest, late);
  });

  it('tells others of a muted microphone and a camera that is off, by keyboard alone', async () => {
    const roomId = newRoom();
    const [ada, grace] = [await join({ roomId, as: 'Ada' }), await join({ roomId, as: 'Grace' })];
    await expect.poll(() => shows(grace, /Ada/), wait).toBe(true);
    await ada.keyboard.press('m');
    await ada.keyboard.press('v');
    const tile = grace.getByRole('listitem').filter({ hasText: 'Ada' });
    await tile.getByText('microphone off').waitFor({ state: 'attached' });
    await tile.locator('video').waitFor({ state: 'hidden' });
    await expect.poll(() => hears(grace, 1), wait).toBe(false);
    await ada.keyboard.press('m');
    await ada.keyboard.press('v');
    await expect.poll(() => hears(grace, 1), wait).toBe(true);
    await expect.poll(() => shows(grace, /Ada/), wait).toBe(true);
    await leaveAll(ada, grace);
  });

  it('shares a screen and stops', async () => {
    const roomId = newRoom();
    const [ada, grace] = [await join({ roomId, as: 'Ada' }), await join({ roomId, as: 'Grace' })];
    await ada.getByRole('button', { name: 'Share your screen' }).click();
    const screen = grace.getByRole('listitem').filter({ hasText: 'Screen of Ada' });
    await screen.waitFor();
    const width = () => screen.locator('video').evaluate((video) => (video as HTMLVideoElement).videoWidth);
    await expect.poll(width, wait).toBeGreaterThan(0);
    await ada.getByRole('button', { name: 'Stop sharing' }).click();
    await screen.waitFor({ state: 'detached' });
    await leaveAll(ada, grace);
  });

  it('comes back by itself when the node is gone for a while', async () => {
    const roomId = newRoom();
    const [ada, grace] = [await join({ roomId, as: 'Ada' }), await join({ roomId, as: 'Grace' })];
    await expect.poll(() => shows(grace, /Ada/), wait).toBe(true);
    await house.killNode();
    await grace.getByText('Coming back').waitFor();
    await house.startNode();
    await grace.getByText('Coming back').waitFor({ state: 'detached' });
    await expect.poll(() => shows(grace, /Ada/), wait).toBe(true);
    await expect.poll(() => hears(ada, 1), wait).toBe(true);
    expect(await grace.getByRole('listitem').count()).toBe(2);
    await leaveAll(ada, grace);
  });

  it('ends for everybody when the room is closed, and its link opens it no more', async () => {
    const roomId = newRoom();
    const ada = await join({ roomId, as: 'Ada' });
    await ada.getByText('You are in the meeting.').waitFor();
    expect(await house.closeRoom(roomId)).toBe(204);
    await ada.getByText('The meeting is over.').waitFor();
    const again = await visit({ roomId });
    await again.getByRole('textbox').fill('Ada');
    await again.getByRole('button', { name: 'Join', exact: true }).click();
    await again.getByText('The meeting is over.').waitFor();
    expect(await again.getByRole('button').count()).toBe(0);
    await leaveAll(ada, again);
  });

  it('explains a link that has expired or is none', async () => {
    const expired = await visit({ expires: -1 });
    await expired.getByRole('textbox').fill('Ada');
    await expired.keyboard.press('Enter');
    await expired.getByText('This link has expired.').waitFor();
    await expired.goto(`${house.origin}/meet/#nonsense`);
    await expired.getByText('This link is not valid.').waitFor();
    await expectAccessible(expired);
    await leaveAll(expired);
  });

  it('lets people in without devices, and says why they have none', async () => {
    const roomId = newRoom();
    const ada = await visit({ roomId, refuse: 'NotAllowedError', language: 'fr', dark: true, width: 320 });
    await ada.getByText('Le navigateur ne peut pas utiliser votre micro.').waitFor();
    await ada.getByText('Le navigateur ne peut pas utiliser votre caméra.').waitFor();
    await ada.getByRole('button', { name: 'Rejoindre', exact: true }).click();
    await ada.getByText('Saisissez votre nom').waitFor();
    await expectAccessible(ada);
    await ada.keyboard.type('Ada'); // the focus is in the field
    await ada.keyboard.press('Enter');
    const grace = await join({ roomId, as: 'Grace' });
    await expect.poll(() => shows(ada, /Grace/), wait).toBe(true);
    await grace
      .getByRole('listitem')
      .filter({ hasText: 'Ada' })
      .getByText('microphone off')
      .waitFor({ state: 'attached' });
    await expectAccessible(ada);
    const overflow = await ada.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await leaveAll(ada, grace);
  });
});
