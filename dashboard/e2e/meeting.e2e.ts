import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { hears, shows } from '../test/meet/look';
import { ConversationsPage } from './pages/conversations-page';
import { Texting } from './pages/texting';
import { openStage } from './stage/stage';

const stage = openStage();
const wait = { timeout: 60_000, interval: 200 };

async function join(page: Page, name?: string): Promise<void> {
  if (name) await page.getByRole('textbox').fill(name);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByRole('button', { name: 'Leave', exact: true }).waitFor();
}

test('S23 the video icon opens a room; the customer joins by the link in the conversation, without an account', async () => {
  const desk = await stage.ready('alex');
  const chats = new ConversationsPage(desk.page);
  const customer = await Texting.open(stage.origin, 'messenger', '', 'Mia Meets');
  await customer.writes('Could you show me?');
  await chats.popUp.getByText('Could you show me?').click();
  await chats.message('Could you show me?').waitFor();

  const opened = desk.page.context().waitForEvent('page');
  await chats.button('Open a meeting room').click();
  const room = await opened;
  await join(room);

  const link = async () =>
    (await customer.messages()).map(({ text = '' }) => /http\S+\/meet\/#\S+/.exec(text)?.[0]).find(Boolean);
  await expect.poll(link).toBeTruthy();
  const guest = await stage.visit('/');
  await guest.context().grantPermissions(['camera', 'microphone']);
  await guest.goto((await link()) ?? '');
  await join(guest, 'Mia');

  await expect.poll(() => shows(guest, /Alex/), wait).toBe(true);
  await expect.poll(() => shows(room, /Mia/), wait).toBe(true);
  await expect.poll(() => hears(room, 1), wait).toBe(true);
  await expect.poll(() => hears(guest, 1), wait).toBe(true);

  await chats.page.getByText('A meeting room was opened by you').waitFor();
  await chats.button('End the meeting').click();
  await guest.getByRole('button', { name: 'Leave', exact: true }).waitFor({ state: 'detached' });
  await guest.reload();
  await guest.getByRole('textbox').fill('Mia');
  await guest.getByRole('button', { name: 'Join', exact: true }).click();
  await guest.getByText('The meeting is over.').waitFor(); // the link is worth nothing any more
});
