import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { DeskPage } from '../pages/desk-page';
import { TeamPage } from '../pages/team-page';
import type { Language } from '../pages/words';
import { openStage } from '../stage/stage';

const stage = openStage({ wrapUp: '90s', demo: true });
const images = resolve(import.meta.dirname, '../../../docs/images');
mkdirSync(images, { recursive: true });

type Scheme = 'light' | 'dark';

/** Takes a picture once what moves in it has come to rest. */
async function picture(page: Page, name: string): Promise<void> {
  await page.bringToFront();
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(images, `${name}.png`), animations: 'disabled', caret: 'hide' });
}

/** Opens a page from the navigation, and waits for what comes last in it. */
async function visit(desk: DeskPage, link: string, shown: Locator): Promise<void> {
  await desk.page.getByRole('link', { name: link, exact: true }).click();
  await desk.page.getByRole('heading', { level: 1, name: link }).waitFor();
  await shown.waitFor();
}

async function takeAll(language: Language, colorScheme: Scheme): Promise<void> {
  const look = { language, colorScheme, viewport: { width: 1280, height: 720 } };
  const name = (what: string) => [what, language, ...(colorScheme === 'dark' ? ['dark'] : [])].join('-');
  const agent = await stage.ready('camille', look);
  const customer = await stage.customer(look);
  const call = await customer.call({ from: '+33639980042', name: 'Nadia Benali', toneHz: 1000 });
  await agent.call.rings();
  await agent.call.shows('+33 6 39 98 00 42');
  await picture(agent.page, name('desk-ringing'));
  await agent.call.accept.click();
  await agent.call.connected();
  await expect.poll(() => call.heardLevel()).toBeGreaterThan(-45);
  await picture(agent.page, name('desk-call'));
  await picture(customer.page, name('simulator'));
  await agent.call.end.click();
  await agent.call.wrapUp();
  await picture(agent.page, name('desk-wrap-up'));
  await watched(await stage.signIn('sam', look), name);
}

/** What supervisors see of a busy centre. */
async function watched(supervisor: DeskPage, name: (what: string) => string): Promise<void> {
  const { page, words } = supervisor;
  await TeamPage.open(supervisor);
  await page.getByText('Inès Moreau').first().waitFor();
  await picture(page, name('team'));
  await page.getByRole('link', { name: 'Assistance', exact: true }).click();
  await page.getByText(words.queue.serviceLevel, { exact: true }).waitFor();
  await picture(page, name('queue'));
  await page.goBack();
  await visit(supervisor, words.nav.reports, page.getByRole('row', { name: /^Total/ }));
  await picture(page, name('reports'));
  await visit(supervisor, words.nav.productivity, page.getByRole('table').last());
  await picture(page, name('productivity'));
}

const looks: [Language, Scheme][] = [
  ['en', 'light'],
  ['fr', 'light'],
  ['en', 'dark'],
];

test.each(looks)('pictures in %s, %s', takeAll);
