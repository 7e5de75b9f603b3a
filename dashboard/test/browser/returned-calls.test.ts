import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessible } from '../axe';
import type { Look } from './browser';
import { setStage } from './stage';

const stage = setStage();
const jeanne = { from: '+33612345678', callerName: 'Jeanne Martin' };
const campaign = { id: 'c-missed', name: 'Missed calls', kind: 'campaign', ringSeconds: 20, wrapUpSeconds: 0 } as const;

const panel = (page: Page) => page.getByRole('region', { name: /^(Call|Appel)$/ });
const button = (page: Page, name: string | RegExp) => panel(page).getByRole('button', { name, exact: true });
const said = (page: Page, text: string) =>
  page.getByRole('status').getByText(text).first().waitFor({ state: 'attached' });
const shows = async (page: Page, ...texts: string[]) => {
  for (const text of texts) await panel(page).getByText(text, { exact: true }).waitFor();
};

/** An agent who is ready in a queue and in a campaign, with audio. */
async function ready(path = '/desk', look: Look = {}): Promise<Page> {
  const { world } = stage.center;
  world.queues = [...world.queues, campaign];
  const agent = world.agent('agent-1');
  world.saveAgent({ ...agent, memberships: [...agent.memberships, { queueId: campaign.id, status: 'out' }] });
  world.setStatus('agent-1', 'ready', undefined, ['q-support', campaign.id]);
  world.lines = [
    { number: '+33170189911', label: 'Camille', own: true },
    { number: '+33170189900', label: 'Atelier Lumen', own: false },
  ];
  const page = await stage.open(path, look);
  await expect.poll(() => world.agent('agent-1').audioId).toBeTruthy();
  return page;
}

describe('what rings says what it is', () => {
  it('S13 a callback request: the queue in which the caller waited, and which attempt it is', async () => {
    const page = await ready('/settings');
    stage.center.world.ring('agent-1', { ...jeanne, kind: 'callback', attempt: 1 });
    await shows(page, 'Callback request', 'Support', 'Jeanne Martin', '+33 6 12 34 56 78', 'Attempt 2');
    await said(page, 'Callback request, Support, Jeanne Martin, +33 6 12 34 56 78, Attempt 2.');
    expect(await page.title()).toContain('Callback request');
    await expectAccessible(page);
  });

  it('S14 a campaign: its name, in French too', async () => {
    const page = await ready('/', { language: 'fr' });
    stage.center.world.ring('agent-1', { ...jeanne, kind: 'campaign', queueId: campaign.id });
    await shows(page, 'Campagne', 'Missed calls', 'Jeanne Martin');
    expect(
      await panel(page)
        .getByText(/Tentative/)
        .count(),
    ).toBe(0);
    expect(await page.title()).toContain('Campagne');
    await expectAccessible(page);
  });

  it('S14 a direct call: the line that was called', async () => {
    const page = await ready();
    stage.center.world.ring('agent-1', { ...jeanne, kind: 'direct', queueId: '', to: '+33170189911' });
    await shows(page, 'Direct call', 'Camille · +33 1 70 18 99 11', 'Jeanne Martin');
    await page.keyboard.press('Alt+Shift+A');
    await button(page, 'End call').waitFor();
    await expectAccessible(page);
  });
});

/** Times at which the page has begun to sound something over and over. */
const countLoops = (page: Page) =>
  page.addInitScript(() => {
    const loops = { now: 0 };
    Object.assign(window, { loops });
    const { start, stop } = AudioBufferSourceNode.prototype;
    AudioBufferSourceNode.prototype.start = function (...args) {
      if (this.loop) loops.now += 1;
      start.apply(this, args);
    };
    AudioBufferSourceNode.prototype.stop = function (...args) {
      if (this.loop) loops.now -= 1;
      stop.apply(this, args);
    };
  });
const loops = (page: Page) => page.evaluate(() => (window as unknown as { loops: { now: number } }).loops.now);

describe('the customer is called back', () => {
  async function accepted(page: Page, kind: 'callback' | 'campaign' = 'callback'): Promise<string> {
    const queueId = kind === 'campaign' ? campaign.id : 'q-support';
    const { id } = stage.center.world.ring('agent-1', { ...jeanne, kind, queueId });
    await button(page, /^(Accept|Accepter)$/).click();
    await panel(page)
      .getByText(/^(Calling the customer…|Appel du client en cours…)$/)
      .waitFor();
    return id;
  }

  it('S13 the agent hears it ring until the customer answers', async () => {
    const page = await ready();
    await countLoops(page);
    await page.reload();
    await expect.poll(() => panel(page).getByText('Audio ready').isVisible()).toBe(true);
    const id = await accepted(page);
    await said(page, 'Calling the customer.');
    await expect.poll(() => loops(page)).toBe(1);
    await expectAccessible(page);
    stage.center.world.connect(id);
    await shows(page, 'Connected', 'Callback request');
    await expect.poll(() => loops(page)).toBe(0);
  });

  it('S13 who is not reached is called again later, and the agent is told when', async () => {
    const page = await ready();
    const id = await accepted(page);
    stage.center.calls.notReached(id, 600_000);
    await page.getByText('Not reached: Jeanne Martin').waitFor();
    const due = new Date(stage.center.world.contacts.get(id)?.dueAt ?? '');
    const time = await page.evaluate(
      (at) => new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit' }).format(at),
      due.getTime(),
    );
    await page.getByText(`Another attempt`).getByText(time).waitFor();
    await panel(page).getByText('No call').waitFor();
    await expectAccessible(page);
    await accepted(page);
    await page.getByText('Not reached').waitFor({ state: 'detached' });
  });

  it('S14 after the last attempt there is no other', async () => {
    const page = await ready('/', { language: 'fr' });
    const id = await accepted(page, 'campaign');
    stage.center.calls.notReached(id);
    await page.getByText('Non joint : Jeanne Martin').waitFor();
    await page.getByText('Aucune autre tentative.').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Fermer', exact: true }).click();
    await page.getByText('Non joint').waitFor({ state: 'detached' });
  });
});

it('S4 campaigns are joined and left like queues, each with its own status', async () => {
  const page = await ready();
  await page.getByRole('heading', { name: 'Assigned queues and campaigns' }).waitFor();
  const card = page.getByRole('article', { name: 'Missed calls' });
  await card.getByText('Campaign', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'My status: Missed calls' }).click();
  await page.getByRole('menuitem', { name: 'Log out', exact: true }).click();
  await card.getByText('Logged out').waitFor();
  await page.getByRole('button', { name: /Queues to join/ }).click();
  await page.getByRole('option', { name: 'Missed calls' }).waitFor();
  await expectAccessible(page);
});
