import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Chat } from '../src/api/chat-model';
import { createSortedIds } from '../src/desk/sorted-ids';
import { expectAccessible } from '../test/axe';
import { QueueCards, QueuePage } from './pages/queue-cards';
import { sales, support, telephoneOf } from './pages/simulator-page';
import { Texting } from './pages/texting';
import { sessionOf } from './stage/session';
import { openStage } from './stage/stage';

const stage = openStage({ spacing: '6s' });
const caller = '+33639980077';

/** Counts how often a page asks for cards. */
function countAsked(page: Page): () => number {
  let asked = 0;
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/api/cards') asked += 1;
  });
  return () => asked;
}

/** An agent who looks at the desk's cards and is in no hurry: paused in every queue. */
async function onlooker() {
  const desk = await stage.ready('camille');
  await desk.status.choose('Meeting');
  const cards = new QueueCards(desk);
  await cards.say('Assistance', { 'Agents logged in': '1' });
  return { desk, cards };
}

test('S33 S35 N2 the cards of a queue and of its campaign follow a call that is answered and one that is missed, unasked', async () => {
  const { desk, cards } = await onlooker();
  await cards.say('Assistance', { 'Calls waiting': '0', 'Longest wait': /^–/, 'Average handling time': /^–/ });
  const customer = await stage.customer();
  // What a desk fetches after it has begun to watch is behind it.
  await expect.poll(() => desk.page.evaluate(() => performance.now()), { timeout: 30_000 }).toBeGreaterThan(12_000);
  const asked = countAsked(desk.page);

  const first = await customer.call({ to: support, from: caller });
  await cards.say('Assistance', { 'Calls waiting': '1', 'Longest wait': /0:0\d$/, 'Calls today': '1' });
  await desk.setCardStatus('Assistance', 'Ready now');
  await desk.call.rings();
  await cards.say('Assistance', { 'Calls waiting': '0', 'Longest wait': /^–/ });
  await desk.call.accept.click();
  await desk.call.connected();
  await desk.call.end.click();
  await desk.call.endWrapUp.click();
  await first.ended();
  await cards.say('Assistance', {
    Handled: '1',
    'Average handling time': /^\d:\d\d$/,
    Abandoned: '0',
    'Timed out': '0',
  });

  await desk.setCardStatus('Assistance', 'Meeting');
  await desk.card('Assistance').getByText('Paused: Meeting').waitFor();
  const second = await customer.call({ to: support, from: caller, name: 'Mme Roche' });
  await cards.say('Assistance', { 'Calls waiting': '1', 'Longest wait': /0:(0[6-9]|[1-5]\d)$/ }); // whoever gives up sooner is not called back
  await second.hangUp();
  await cards.say('Assistance', { 'Calls waiting': '0', 'Calls today': '2', Abandoned: '1', Handled: '1' });
  await cards.say('Appels manqués', {
    'Missed calls not dialled': '1',
    'Missed calls dialled': '0%',
    'Calls today': '0',
  });
  await expectAccessible(desk.page, 'cards');

  await telephoneOf(stage.origin, caller, 'answer');
  await desk.setCardStatus('Appels manqués', 'Ready now');
  await desk.call.rings();
  await desk.call.accept.click();
  await desk.call.connected();
  await desk.call.end.click();
  await desk.call.endWrapUp.click();
  const done = { 'Missed calls not dialled': '0', 'Missed calls dialled': '100%', 'Calls today': '1' };
  await cards.say('Appels manqués', { ...done, Handled: '1', Incomplete: '0', 'Average handling time': /^\d:\d\d$/ });
  expect(asked(), 'requests for cards: the server pushes them').toBe(0);
  await telephoneOf(stage.origin, caller, 'ring');
});

test('S34 the card of a chat queue follows a conversation from the customer’s message to the answer', async () => {
  const { desk, cards } = await onlooker();
  const customer = await Texting.open(stage.origin, 'instagram', '', 'Léa Live');
  await customer.writes('Is anybody there?');
  await cards.say('Sales chat', {
    Unassigned: '1',
    'Longest unassigned wait': /\d:\d\d$/,
    'Longest assigned wait': /^–/,
    'All that wait for a reply': '1',
    'Agents logged in': '1',
  });
  const person = await sessionOf(desk.page, 'camille');
  const { chats } = (await (await person.request('GET', '/api/chats')).json()) as { chats: Chat[] };
  const chat = chats.find(({ customer: { name } }) => name === 'Léa Live');
  await person.request('POST', `/api/chats/${chat?.id}/assign`, { agentId: 'camille' });
  await cards.say('Sales chat', {
    Unassigned: '0',
    'Longest unassigned wait': /^–/,
    'Longest assigned wait': /\d:\d\d$/,
    'Waiting for the agent': '1',
    'Waiting for the customer': '0',
  });
  const message = { id: createSortedIds('ms', Date.now)(), kind: 'text', text: 'Yes, hello.' };
  const sent = await person.request('POST', `/api/chats/${chat?.id}/messages`, message);
  expect(sent.ok, await sent.text()).toBe(true);
  await cards.say('Sales chat', {
    'Waiting for the agent': '0',
    'Waiting for the customer': '1',
    'All that wait for a reply': '0',
    'Longest assigned wait': /^–/,
  });
});

test('S36 a card leads to its details, which are live: who is there, who waits, and today', async () => {
  const { desk, cards } = await onlooker();
  const details = new QueuePage(desk);
  await cards.link('Sales').press('Enter');
  await desk.page.getByRole('heading', { level: 1, name: 'Sales', exact: true }).waitFor();
  expect(await desk.page.title()).toContain('Sales');
  const agents = details.rows('Agents logged in');
  await agents.filter({ hasText: 'Camille Martin' }).getByText('Paused: Meeting').waitFor();

  const customer = await stage.customer();
  const call = await customer.call({ to: sales, from: '+447700900123' });
  const waits = details.rows('Calls in line').filter({ hasText: '••23' });
  await waits.getByText(/0:\d\d$/).waitFor();
  expect(await waits.textContent(), 'agents see no whole numbers').not.toContain('7700');
  await details.show('table');
  const hours = details.rows('Today’s calls by hour');
  await hours.getByRole('rowheader').first().waitFor();
  await expectAccessible(desk.page, 'details, the hours as a table');
  await details.show('chart');
  await desk.page.getByRole('application').first().waitFor();
  await expectAccessible(desk.page, 'details, the hours as a chart');

  await details.setStatus('Sales', 'Ready now');
  await desk.call.rings();
  await agents.filter({ hasText: 'Ringing' }).waitFor();
  await details.rows('Calls in line').getByText('Nobody waits.').waitFor();
  await desk.call.accept.click();
  await desk.call.connected();
  await agents.filter({ hasText: 'On a call' }).waitFor();
  await call.hangUp();
  await desk.call.endWrapUp.click();
  await agents.filter({ hasText: 'Available' }).waitFor();
  await expect.poll(() => details.figure('Handled').textContent()).toBe('1');
  await expect.poll(() => details.figure('Service level').textContent()).toMatch(/%$/);
  await details.back.click();
  await cards.say('Sales', { 'Calls today': '1', Handled: '1' });

  await desk.page.goto(`${stage.origin}/desk/queues/que_unknown`);
  await desk.page.getByRole('heading', { level: 1, name: 'There is no such queue' }).waitFor();
  await expectAccessible(desk.page, 'a queue that is not there');
});
