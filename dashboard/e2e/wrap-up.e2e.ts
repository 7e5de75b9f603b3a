import { expect, test } from 'vitest';
import type { DeskPage } from './pages/desk-page';
import type { PhoneCall, SimulatorPage } from './pages/simulator-page';
import { TeamPage } from './pages/team-page';
import { openStage } from './stage/stage';

const stage = openStage();

/** Takes a call and ends it. */
async function handleOneCall(agent: DeskPage, customer: SimulatorPage, from: string): Promise<PhoneCall> {
  const call = await customer.call({ from });
  await agent.call.accept.click();
  await agent.call.connected();
  await agent.call.end.click();
  await call.ended();
  await agent.call.wrapUp();
  return call;
}

test('S10 wrap-up counts down, and "End wrap-up" ends it early: the next call rings', async () => {
  const agent = await stage.ready('camille');
  const customer = await stage.customer();
  await handleOneCall(agent, customer, '+33639980001');
  await agent.call.heading('Wrap-up').waitFor();
  const start = await agent.call.clock();
  expect(start).toBeLessThanOrEqual(30);
  await expect.poll(() => agent.call.clock(), { interval: 50 }).toBeLessThan(start);

  const waiting = await customer.call({ from: '+33639980002' });
  await waiting.says('Vous êtes le prochain appel.');
  expect(await agent.call.accept.count(), 'wrap-up is not disturbed').toBe(0);
  await agent.call.panel.getByRole('button', { name: 'End wrap-up' }).click();
  await agent.call.rings();
  await agent.call.shows('+33 6 39 98 00 02');
});

test('S11 a supervisor sees the wrap-up and ends it; the agent’s desk follows', async () => {
  const agent = await stage.ready('camille');
  const supervisor = await stage.signIn('sam');
  const team = await TeamPage.open(supervisor);
  await team.row('Camille Martin').getByText('Available').waitFor();

  const customer = await stage.customer();
  const call = await customer.call();
  await team.row('Camille Martin').getByText('Ringing · Assistance').waitFor();
  await agent.call.accept.click();
  await team.row('Camille Martin').getByText('On a call · Assistance').waitFor();
  await call.hangUp();
  await team.row('Camille Martin').getByText('Wrap-up · Assistance').waitFor();
  await agent.call.wrapUp();

  await team.endWrapUp('Camille Martin').click();
  await agent.call.idle();
  expect(await agent.status.text()).toBe('Ready');
  await team.row('Camille Martin').getByText('Available').waitFor();
});

test('S11 an agent who is no supervisor has no team page', async () => {
  const agent = await stage.signIn('alex');
  expect(await agent.page.getByRole('link', { name: 'Team', exact: true }).count()).toBe(0);
  await agent.page.goto(`${stage.origin}/team`);
  await agent.page.getByRole('heading', { name: 'This page is for supervisors' }).waitFor();
});
