import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { iso } from '../fake/world';
import { expectAccessible } from './axe';
import { setStage } from './stage';

const stage = setStage();
const lead = { id: 'lead-1', name: 'Sacha Morel' };
const open = (look = {}, path = '/team') => stage.open(path, look, lead);

const row = (page: Page, name: string | RegExp) => page.getByRole('row', { name });
const menuOf = (page: Page, name: string) => page.getByRole('button', { name: `Actions for ${name}`, exact: true });
const kind = (page: Page, name: RegExp) => page.getByRole('button', { name });

async function choose(page: Page, agent: string, group: string, item: string): Promise<void> {
  await menuOf(page, agent).click();
  await page.getByRole('menuitem', { name: group, exact: true }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

function staffed() {
  const { world } = stage.center;
  world.addChatQueues();
  world.addAgent('agent-3', 'Émile Petit', 'agent', ['q-support']);
  for (const id of ['agent-1', 'agent-2']) {
    world.setOnline(id, true);
    world.setStatus(id, 'ready', undefined, ['q-support', 'q-sales']);
  }
  return world;
}

describe('the team page', () => {
  it('look', async () => {
    const world = staffed();
    const { cards } = stage.center;
    world.setStatus('agent-2', 'paused', 'lunch', ['q-support', 'q-sales', 'q-messages', 'q-social']);
    const call = world.ring('agent-1', { from: '+33612345678' });
    world.accept('agent-1', call.id, call.offer?.id ?? '');
    world.connect(call.id);
    const page = await open();
    await row(page, /Camille Durand/).waitFor();
    cards.change('q-support', {
      loggedIn: 2,
      voice: {
        waiting: 3,
        waitingSince: iso(-95_000),
        averageHandleSeconds: 184,
        total: 1234,
        handled: 1200,
        abandoned: 30,
        timedOut: 1,
      },
    });
    await page.waitForTimeout(500);
    for (const [width, height] of [
      [1280, 900],
      [1024, 800],
      [400, 900],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: `/tmp/w-super-pics/look-${width}.png`, fullPage: true });
    }
    await page.setViewportSize({ width: 1280, height: 1000 });
    await menuOf(page, 'Camille Durand').click();
    await page.screenshot({ path: '/tmp/w-super-pics/menu.png' });
    await page.getByRole('menuitem', { name: 'All joined queues, after the call' }).click();
    await page.screenshot({ path: '/tmp/w-super-pics/menu2.png' });
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    const fr = await stage.open('/team', { language: 'fr', dark: true, width: 1280, height: 1000 }, lead);
    await row(fr, /Camille Durand/).waitFor();
    await fr.waitForTimeout(500);
    await fr.screenshot({ path: '/tmp/w-super-pics/fr.png' });
    await expectAccessible(page);
    await expectAccessible(fr);
  });
});
