import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { expectAccessible } from '../axe';
import { iso } from '../fake/world';
import { countFigures, fillQueues, held } from './card-meter';
import { setStage } from './stage';

const stage = setStage();

const figure = (place: Locator, label: string) =>
  place
    .locator('.figure')
    .filter({ has: place.page().getByText(label, { exact: true }) })
    .locator('dd')
    .first();
const card = (page: Page, queue: string) => page.getByRole('article', { name: queue, exact: true });
const says = (place: Locator, label: string, value: string) =>
  expect.poll(() => figure(place, label).textContent(), { message: label, timeout: 10_000 }).toBe(value);

/** Whether something is wider than the page. */
const scrollsSideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

it('S33 N2 a card is as it was pushed, and as it is when the connection has come back', async () => {
  const { cards } = stage.center;
  cards.change('q-support', { loggedIn: 3, voice: { waiting: 2, waitingSince: iso(-5_000), total: 7 } });
  const page = await stage.open();
  const support = card(page, 'Support');
  await says(support, 'Calls waiting', '2');
  await says(support, 'Agents logged in', '3');
  await expect.poll(() => cards.watchers('q-support')).toBe(1);
  const { asked } = cards;
  cards.change('q-support', { voice: { waiting: 3, total: 8 } });
  await says(support, 'Calls today', '8');
  await says(support, 'Calls waiting', '3');
  expect(await support.locator('[aria-live], [role=status]').count(), 'a screen reader is not flooded').toBe(0);
  await support.getByRole('img', { name: 'Too long' }).waitFor(); // the wait is past the queue's 20 seconds
  expect(asked.cards).toBeLessThanOrEqual(3); // at the beginning, when the connection is up, and when it has settled

  cards.change('q-support', { voice: { waiting: 0, total: 9 } }, false);
  stage.center.dropConnections();
  await says(support, 'Calls today', '9');
  await expect.poll(() => cards.watchers('q-support')).toBe(1);
  cards.change('q-support', { voice: { total: 10 } });
  await says(support, 'Calls today', '10');
});

it('cards that cannot be fetched say so, while the own status works; a retry brings them', async () => {
  const { cards } = stage.center;
  cards.failing = 503;
  const page = await stage.open();
  const failed = page.getByText('The live figures couldn’t be loaded');
  await failed.waitFor();
  await says(card(page, 'Sales'), 'Calls waiting', '–Not known');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'My status: Sales', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Ready now' }).click();
  await card(page, 'Sales').getByText('Ready', { exact: true }).waitFor();
  cards.failing = undefined;
  await page.getByRole('button', { name: 'Try again' }).click();
  await failed.waitFor({ state: 'detached' });
  await says(card(page, 'Sales'), 'Calls waiting', '0');
});

it('the cards of chat queues and campaigns show theirs, in the dark, in French, on a telephone', async () => {
  const { cards, world } = stage.center;
  world.queues.push({ id: 'c-missed', name: 'Rappels', kind: 'campaign', ringSeconds: 20, wrapUpSeconds: 30 });
  world.addAgent('agent-1', 'Camille Durand', 'agent');
  world.addChatQueues();
  cards.change('q-messages', { chat: { unassigned: 1234, unassignedSince: iso(-7_200_000), awaitingReply: 2 } });
  cards.change('c-missed', { campaign: { notDialled: 4, dialledPercent: 62.5, averageHandleSeconds: 250 } });
  const page = await stage.open('/desk', { language: 'fr', dark: true, width: 400, height: 900 });
  await says(card(page, 'Rappels'), 'Appels manqués rappelés', '63\u00a0%');
  await says(card(page, 'Rappels'), 'Durée moyenne de traitement', '4:10');
  await says(card(page, 'Messages'), 'Non assignées', '1\u202f234');
  expect(await scrollsSideways(page)).toBe(false);
  await expectAccessible(page);
});

it('the details come again when the card is pushed, keep what they have when that fails, and tell an unknown queue', async () => {
  const { cards } = stage.center;
  cards.details = {
    agents: [
      { id: 'agent-3', name: 'Zoé Petit', status: 'ready', state: 'inCall', chats: 0 },
      { id: 'agent-4', name: 'Élodie Caron', status: 'ready', state: 'inCall', chats: 0 },
      { id: 'agent-2', name: 'Noor Haddad', status: 'ready', state: 'idle', stateSince: iso(-60_000), chats: 0 },
    ],
    hours: [{ at: '2026-11-22T09:00:00Z', figures: { queued: 3, handled: 2, abandoned: 1 } }],
    today: { serviceLevelPercent: 66.7, answeredLevelPercent: 70 },
  };
  const page = await stage.open('/desk/queues/q-support');
  await page.getByRole('cell', { name: 'Available' }).waitFor();
  const names = page.getByRole('table', { name: 'Agents logged in' }).getByRole('rowheader');
  expect(await names.allTextContents()).toEqual(['Élodie Caron', 'Noor Haddad', 'Zoé Petit']);
  await says(page.locator('#content'), 'Service level', '67%');
  await page.getByText('Nobody waits.').waitFor();
  await expect.poll(() => cards.watchers('q-support')).toBe(1);
  cards.details = {
    ...cards.details,
    contacts: [
      { contactId: 'c-1', state: 'waiting', kind: 'inbound', number: '••••78', enteredAt: iso(-4_000), attempt: 0 },
    ],
  };
  cards.change('q-support', { voice: { waiting: 1, waitingSince: iso(-4_000) } });
  await page.getByRole('rowheader', { name: '••••78' }).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  await page.getByRole('row', { name: /^10:00.*2.*1.*0/ }).waitFor(); // by the centre's clock
  cards.failing = 503;
  cards.change('q-support', { voice: { waiting: 2 } });
  await page.getByText('The live figures couldn’t be loaded').waitFor();
  await page.getByRole('rowheader', { name: '••••78' }).waitFor();
  cards.failing = undefined;
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('The live figures couldn’t be loaded').waitFor({ state: 'detached' });
  await page.setViewportSize({ width: 400, height: 900 });
  expect(await scrollsSideways(page)).toBe(false);
  await page.goto(`${stage.center.origin}/desk/queues/q-none`);
  await page.getByRole('heading', { name: 'There is no such queue' }).waitFor();
});

const CARDS = 50;
const EVENTS = 1_000;
/** Figures of a call queue's card that are numbers. */
const FIGURES = 6;

it(`${CARDS} cards: an event draws one of them, and nothing is left behind`, { timeout: 180_000 }, async () => {
  const { cards, world } = stage.center;
  fillQueues(world, CARDS);
  const page = await stage.open();
  await says(card(page, `Queue ${CARDS}`), 'Calls today', '0');
  await expect.poll(() => cards.watchers('q-01')).toBe(1);
  const queue = (event: number) => world.queues[event % CARDS]?.id ?? '';
  const happen = async (from: number, to: number) => {
    for (let event = from; event <= to; event++) {
      cards.change(queue(event), { voice: { waiting: event % 4, waitingSince: iso(-1_000 * event), total: event } });
      if (event % 10 === 0) await new Promise((next) => setTimeout(next, 20));
    }
    await says(
      card(page, `Queue ${String((to % CARDS) + 1).padStart(2, '0')}`),
      'Calls today',
      to.toLocaleString('en'),
    );
  };
  await happen(1, 100); // every card has everything once
  await page.waitForTimeout(6_000); // what is fetched when the connection has settled is behind us
  const before = await held(page);
  const written = await countFigures(page);
  await happen(101, 100 + EVENTS);
  expect(await written(), 'figures written').toBeLessThanOrEqual(EVENTS * FIGURES);
  expect(await written()).toBeGreaterThan(EVENTS * FIGURES * 0.5); // else they are no longer written so
  const after = await held(page);
  expect(after.nodes).toBeLessThanOrEqual(before.nodes * 1.02);
  expect(after.listeners).toBeLessThanOrEqual(before.listeners + 5);
  expect(after.heap).toBeLessThan(before.heap * 1.1);
});
