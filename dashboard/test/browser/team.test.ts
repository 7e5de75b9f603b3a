import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { expectAccessible } from '../axe';
import { iso, type World } from '../fake/world';
import { setStage } from './stage';

const stage = setStage();
const lead = { id: 'lead-1', name: 'Sacha Morel' };
const open = (look = {}) => stage.open('/team', look, lead);

const row = (page: Page, name: string | RegExp) => page.getByRole('row', { name });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const kind = (page: Page, name: string) => page.getByRole('group', { name: 'Agents by' }).getByRole('button', { name });

/** Gives an agent a status; in one queue, or at once during a call, if said so. */
async function choose(page: Page, agent: string, status: string, where = '', when = ''): Promise<void> {
  await button(page, `Change status: ${agent}`).click();
  const dialog = page.getByRole('dialog', { name: `Status of ${agent}` });
  if (where) {
    await dialog.getByRole('button', { name: /^Where/ }).click();
    await dialog.getByRole('option', { name: where, exact: true }).click();
  }
  if (when) await dialog.getByRole('radio', { name: when }).check();
  await dialog.getByRole('radio', { name: status }).check();
  if (status !== 'Logged out') await dialog.getByRole('button', { name: 'Set status' }).click();
}

/** Camille is ready in two queues and has her desk open, Noor has gone to lunch in one. */
function staffed(): World {
  const { world } = stage.center;
  for (const id of ['agent-1', 'agent-2']) world.setOnline(id, true);
  world.setStatus('agent-1', 'ready', undefined, ['q-support', 'q-sales']);
  world.setStatus('agent-2', 'paused', 'lunch', ['q-support']);
  return world;
}

it('P5 every queue and every agent are live', async () => {
  const world = staffed();
  const page = await open();
  await row(page, /^Camille Durand Online Available Ready .*Support, Sales/).waitFor();
  await row(page, /^Noor Haddad Online Paused .*Paused: Lunch .*Support/).waitFor();
  await row(page, /^Support 0 – 2 1 0 1 – 0 today/).waitFor();
  stage.center.cards.change('q-support', {
    voice: {
      waiting: 3,
      waitingSince: iso(-95_000),
      averageHandleSeconds: 184,
      total: 1234,
      handled: 1,
      abandoned: 30,
    },
  });
  await row(page, /^Support 3 .*1:3\d 2 1 0 1 3:04 1,234 today 1 handled · 30 abandoned · 0 timed out/).waitFor();
  const call = world.ring('agent-1');
  await row(page, /^Camille Durand Online Ringing · Support 0:0/).waitFor();
  world.accept('agent-1', call.id, call.offer?.id ?? '');
  world.connect(call.id);
  await row(page, /^Camille Durand Online On a call · Support 0:0/).waitFor();
  await row(page, /^Support .* 2 0 1 1 3:04/).waitFor();
  world.end(call.id);
  await row(page, /^Camille Durand Online Wrap-up · Support 0:[32]/).waitFor();
  await expectAccessible(page);
  await button(page, 'End wrap-up: Camille Durand').click();
  await row(page, /^Camille Durand Online Available/).waitFor();
  world.setOnline('agent-1', false);
  await row(page, /^Camille Durand Offline Away/).waitFor();
  expect(stage.center.cards.watchers('q-support')).toBe(1);
});

it('P5 agents are found by name, by queue and by what they do; a row that is acted on stays', async () => {
  const world = staffed();
  world.addAgent('agent-3', 'Émile Petit', 'agent', ['q-billing']);
  const page = await open();
  await row(page, /^Camille/).waitFor();
  await page.getByRole('searchbox', { name: 'Find an agent' }).fill('emi');
  await page.getByText('1 agent found').first().waitFor();
  expect(await row(page, /^Camille/).count()).toBe(0);
  await page.getByRole('searchbox').fill('nobody');
  await button(page, 'Show everybody').click();
  await button(page, 'Queue All queues').click();
  await page.getByRole('option', { name: 'Billing and refunds' }).click();
  await row(page, /^Émile/).waitFor();
  await kind(page, 'Logged out 4').waitFor();
  await button(page, 'Queue Billing and refunds').click();
  await page.getByRole('option', { name: 'All queues' }).click();
  await kind(page, 'Paused 1').click();
  await row(page, /^Camille/).waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'Agents (1/4)' }).waitFor();
  await expectAccessible(page);
  await choose(page, 'Noor Haddad', 'Ready');
  await kind(page, 'Paused 0').waitFor();
  await row(page, /^Noor Haddad Online Available/).waitFor();
  await page.getByRole('searchbox').focus();
  await page.getByText('No agent matches').waitFor();
});

it('P5 an agent is given a status by the keyboard alone, and is told by whom', async () => {
  const world = staffed();
  const call = world.ring('agent-1');
  world.accept('agent-1', call.id, call.offer?.id ?? '');
  world.connect(call.id);
  const agent = await stage.open('/desk', {}, { id: 'agent-1', name: 'Camille Durand' });
  const page = await open();
  await button(page, 'Change status: Camille Durand').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('radio', { name: 'After this call' }).waitFor();
  await expectAccessible(page);
  await page.getByRole('radio', { name: 'Ready' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab'); // Cancel
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await row(page, /^Camille Durand .*After the call: Break/).waitFor();
  await agent.getByText('Sacha Morel chose your next status', { exact: true }).waitFor();
  await choose(page, 'Camille Durand', 'Paused: Training', 'Sales');
  await row(page, /^Camille Durand .*Ready .*Support Paused: Training .*Sales/).waitFor();
  await agent.getByText('Sacha Morel changed your status', { exact: true }).waitFor();
  await agent.getByText('Paused: Training, in: Sales', { exact: true }).waitFor();
  await expectAccessible(agent);
  await choose(page, 'Camille Durand', 'Logged out', '', 'Now');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('The call that they have goes on; it does not end.').waitFor();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toContain('Camille Durand');
  await choose(page, 'Camille Durand', 'Logged out', '', 'Now');
  await dialog.getByRole('button', { name: 'Log out' }).dblclick();
  await row(page, /^Camille Durand Online On a call · Support .*Logged out/).waitFor();
  await agent.getByText('Logged out', { exact: true }).first().waitFor();
  expect(stage.center.given).toEqual([
    { agentId: 'agent-1', status: 'paused', reason: 'break', later: true },
    { agentId: 'agent-1', status: 'paused', reason: 'training', queues: ['q-sales'] },
    { agentId: 'agent-1', status: 'out' },
  ]);
  expect(world.contact(call.id).state).toBe('connected');
});

it('P5 what fails says whom it was for, and is tried again from there', async () => {
  const world = staffed();
  const page = await open();
  await row(page, /^Noor/).waitFor();
  stage.center.failing = 503;
  await choose(page, 'Noor Haddad', 'Ready', 'Support');
  await page.getByText('That didn’t work: Noor Haddad', { exact: true }).waitFor();
  await page.getByText('The team couldn’t be fetched').waitFor();
  await row(page, /^Noor Haddad Online Paused/).waitFor();
  await expectAccessible(page);
  stage.center.failing = undefined;
  await button(page, 'Try again').first().click();
  await row(page, /^Noor Haddad Online Available/).waitFor();
  await page.getByText('That didn’t work: Noor Haddad', { exact: true }).waitFor({ state: 'detached' });
  await page.route('**/api/agents/agent-2/status', async (route) => {
    world.agents.delete('agent-2');
    await route.continue();
  });
  await choose(page, 'Noor Haddad', 'Paused: Break', 'Support');
  await page.getByText('This person is no longer an agent of the centre.').waitFor();
  await row(page, /^Noor/).waitFor({ state: 'detached' });
});

it('P5 what the desk was not told heals when the connection is back', async () => {
  const world = staffed();
  const page = await open();
  await row(page, /^Noor Haddad Online Paused/).waitFor();
  stage.center.muted = true;
  world.setStatus('agent-2', 'ready', undefined, ['q-support']);
  world.addAgent('agent-4', 'Zoé Roy', 'agent');
  stage.center.cards.change('q-support', { voice: { waiting: 7 } }, false);
  stage.center.muted = false;
  stage.center.dropConnections();
  await row(page, /^Noor Haddad .*Ready/).waitFor();
  await row(page, /^Zoé Roy/).waitFor();
  await row(page, /^Support 7/).waitFor();
});

it('P5 of 500 agents a page is drawn, and of it what changes', async () => {
  const world = staffed();
  for (let i = 0; i < 500; i++) world.addAgent(`many-${i}`, `Agent ${String(i).padStart(3, '0')}`, 'agent');
  const page = await open();
  await page.getByRole('heading', { name: 'Agents (503)' }).waitFor();
  await kind(page, 'Logged out 501').waitFor();
  expect(await button(page, /^Change status/).count()).toBe(25);
  await page.evaluate(() => {
    const changed = new Set<string>();
    const note = ({ target }: MutationRecord) => {
      const node = target instanceof Element ? target : target.parentElement;
      const name = node?.closest('tr')?.querySelector('b')?.textContent;
      if (name && !node?.closest('.clock')) changed.add(name);
    };
    const options = { subtree: true, childList: true, characterData: true, attributes: true };
    new MutationObserver((all) => all.forEach(note)).observe(document.body, options);
    Object.assign(window, { changed });
  });
  for (const id of ['many-3', 'many-400', 'many-7']) world.setStatus(id, 'paused', 'lunch', ['q-support']);
  await kind(page, 'Logged out 498').waitFor();
  await row(page, /^Agent 007 .*Paused: Lunch/).waitFor();
  const changed = await page.evaluate(() => [...(window as unknown as { changed: Set<string> }).changed].sort());
  expect(changed).toEqual(['Agent 003', 'Agent 007']);
  await page.getByRole('button', { name: 'Page 21' }).click();
  await row(page, /^Sacha Morel/).waitFor();
});

it('P5 in French, in the dark and on a narrow page', async () => {
  staffed();
  const page = await open({ language: 'fr', dark: true, width: 400, height: 800 });
  await row(page, /^Camille Durand En ligne Disponible Prêt/).waitFor();
  await row(page, /^Support Connectés : 2/).waitFor();
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
  await button(page, 'Changer le statut : Camille Durand').click();
  await page.getByRole('radio', { name: 'Déconnecté' }).check();
  await page.getByText('Dès lors, rien n’est proposé à Camille Durand').waitFor();
  await expectAccessible(page);
});
