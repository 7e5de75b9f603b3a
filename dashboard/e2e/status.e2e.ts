import { expect, test } from 'vitest';
import type { DeskPage } from './pages/desk-page';
import { sales, support } from './pages/simulator-page';
import { openStage } from './stage/stage';

const stage = openStage();

/** Waits until the cards of both queues say this. */
async function cardsSay(desk: DeskPage, assistance: string, salesQueue: string): Promise<void> {
  await desk.card('Assistance').getByText(assistance, { exact: true }).waitFor();
  await desk.card('Sales').getByText(salesQueue, { exact: true }).waitFor();
}

test('S3 the headset icon opens the desk', async () => {
  const agent = await stage.signIn('camille');
  await agent.headset.click();
  await agent.page.getByRole('heading', { level: 1, name: 'Agent desk' }).waitFor();
  expect(new URL(agent.page.url()).pathname).toBe('/desk');
});

test('S4 pick among the assigned queues and log in to them at once', async () => {
  const agent = await stage.signIn('camille');
  await agent.openDesk();
  await agent.page.getByRole('heading', { name: 'Assigned queues' }).waitFor();
  await cardsSay(agent, 'Logged out', 'Logged out');

  await agent.pickQueue('Sales'); // all are picked at first
  await agent.button('Log in to queues').click();
  await cardsSay(agent, 'Ready', 'Logged out');
  await agent.pickQueue('Sales');
  await agent.button('Log in to queues').click();
  await cardsSay(agent, 'Ready', 'Ready');
  await agent.page.getByText('You’re logged in to all of your queues.').waitFor();
});

test('S4 logging in is enough to get the next call', async () => {
  const agent = await stage.signIn('camille');
  await agent.openDesk();
  const customer = await stage.customer();
  const call = await customer.call();
  await call.says('Vous êtes le prochain appel.');
  await agent.logIn();
  await agent.call.rings();
});

test('S5 pause with a reason, then log out, from the status menu: every joined queue follows', async () => {
  const agent = await stage.ready('camille');
  expect(await agent.status.text()).toBe('Ready');

  await agent.status.choose('Meeting');
  await cardsSay(agent, 'Paused: Meeting', 'Paused: Meeting');
  await expect.poll(() => agent.status.text()).toBe('Paused: Meeting');

  await agent.status.choose('Log out of all queues');
  await cardsSay(agent, 'Logged out', 'Logged out');
  await expect.poll(() => agent.status.text()).toBe('Logged out');
});

test('S5 a queue that was not joined does not follow', async () => {
  const agent = await stage.signIn('camille');
  await agent.openDesk();
  await agent.setCardStatus('Sales', 'Ready now');
  await cardsSay(agent, 'Logged out', 'Ready');
  await agent.status.choose('Break');
  await cardsSay(agent, 'Logged out', 'Paused: Break');
});

test('S6 Ready resumes in all queues, and the call that waited rings', async () => {
  const agent = await stage.ready('camille');
  await agent.status.choose('Meal');
  await cardsSay(agent, 'Paused: Meal', 'Paused: Meal');
  const customer = await stage.customer();
  const call = await customer.call({ to: sales });
  await call.says('You are next in line.');
  expect(await agent.call.accept.count(), 'a paused agent is left in peace').toBe(0);

  await agent.status.choose('Ready');
  await cardsSay(agent, 'Ready', 'Ready');
  await agent.call.rings();
});

test('S7 "My status" on one queue’s card changes that queue alone', async () => {
  const agent = await stage.ready('camille');
  await agent.setCardStatus('Assistance', 'Training');
  await cardsSay(agent, 'Paused: Training', 'Ready');
  await expect.poll(() => agent.status.text()).toBe('Ready in 4 of 5 queues');

  const customer = await stage.customer();
  const waiting = await customer.call({ to: support, from: '+33639980001' });
  await waiting.says('Vous êtes le prochain appel.');
  await customer.call({ to: sales, from: '+33639980002' });
  await agent.call.rings();
  await agent.call.shows('Sales', '+33 6 39 98 00 02');
  await agent.call.decline.click();

  await agent.setCardStatus('Assistance', 'Log out');
  await cardsSay(agent, 'Logged out', 'Ready');
  await agent.setCardStatus('Assistance', 'Ready now');
  await cardsSay(agent, 'Ready', 'Ready');
  await agent.call.rings();
  await agent.call.shows('Assistance', '+33 6 39 98 00 01');
});

test('S5 S7 in French', async () => {
  const agent = await stage.ready('ines', { language: 'fr' });
  await agent.status.choose('Réunion');
  await agent.card('Assistance').getByText('En pause : Réunion').waitFor();
  await agent.setCardStatus('Assistance', 'Prêt maintenant');
  await expect.poll(() => agent.status.text()).toMatch(/^Prêt/); // the other queue is still paused
});
