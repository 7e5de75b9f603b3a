import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { TeamPage } from '../pages/team-page';
import type { Language } from '../pages/words';
import { openStage } from '../stage/stage';

const stage = openStage({ wrapUp: '90s' });
const images = resolve(import.meta.dirname, '../../../docs/images');
mkdirSync(images, { recursive: true });

type Scheme = 'light' | 'dark';

/** Takes a picture once what moves in it has come to rest. */
async function picture(page: Page, name: string): Promise<void> {
  await page.bringToFront();
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(images, `${name}.png`), animations: 'disabled', caret: 'hide' });
}

/** A small contact centre at work: one colleague ready, another at lunch. */
async function colleagues(): Promise<void> {
  await stage.ready('alex');
  const ines = await stage.ready('ines');
  await ines.status.choose('Meal');
}

async function takeAll(language: Language, colorScheme: Scheme): Promise<void> {
  const look = { language, colorScheme, viewport: { width: 1280, height: 720 } };
  const name = (what: string) => [what, language, ...(colorScheme === 'dark' ? ['dark'] : [])].join('-');
  const supervisor = await stage.signIn('sam', look);
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
  await colleagues();
  await TeamPage.open(supervisor);
  await supervisor.page.getByText('Inès Moreau').first().waitFor();
  await picture(supervisor.page, name('team'));
}

const looks: [Language, Scheme][] = [
  ['en', 'light'],
  ['fr', 'light'],
  ['en', 'dark'],
];

test.each(looks)('pictures in %s, %s', takeAll);
