import { expect, test } from 'vitest';
import { expectAccessible } from '../test/axe';
import { TeamPage } from './pages/team-page';
import { hears } from './stage/ear';
import { openStage } from './stage/stage';

const stage = openStage();

test('P5 a supervisor sees every queue and agent live', async () => {
  const agent = await stage.signIn('camille');
  const supervisor = await stage.signIn('sam');
  const team = await TeamPage.open(supervisor);
  const assistance = team.queueRow('Assistance');
  await team.row('Camille Martin').getByText('Online').waitFor();
  await assistance.getByRole('cell', { name: '–' }).first().waitFor();

  const customer = await stage.customer();
  const call = await customer.call();
  await call.says('Vous êtes le prochain appel.');
  await assistance.getByText(/^\W*0:0\d$/).waitFor();
  await agent.openDesk();
  await agent.logIn();
  await agent.call.rings();
  await team.kind('ringing', 1).waitFor();
  await agent.call.accept.click();
  await team.row('Camille Martin').getByText('On a call · Assistance').waitFor();
  await team.kind('call', 1).click();
  await supervisor.page.getByRole('heading', { name: /^Agents \(1\/\d+\)$/ }).waitFor();
  await expectAccessible(supervisor.page, 'a call is on');
  await team.kind('call', 1).click();
  await team.find('martin');
  await supervisor.page.getByText('1 agent found').first().waitFor();
  await team.find('');

  await agent.call.end.click();
  await call.ended();
  await assistance.getByText('1 handled').waitFor();
  await team.row('Camille Martin').getByText('Wrap-up · Assistance').waitFor();
  await agent.page.close();
  await team.row('Camille Martin').getByText('Offline').waitFor();
});

test('P5 a supervisor changes an agent’s status: the agent’s desk follows and says who did it', async () => {
  const agent = await stage.ready('camille');
  const supervisor = await stage.signIn('sam');
  const team = await TeamPage.open(supervisor);
  await team.setStatus('Camille Martin', 'Paused: Meeting');
  await expect.poll(() => agent.status.text()).toBe('Paused: Meeting');
  await agent.page.getByText('Sam Rivera changed your status', { exact: true }).waitFor();
  await team.row('Camille Martin').getByText('Paused: Meeting').waitFor();

  await team.setStatus('Camille Martin', 'Ready', { queue: 'Sales' });
  await agent.card('Sales').getByText('Ready', { exact: true }).waitFor();
  await agent.card('Assistance').getByText('Paused: Meeting').waitFor();

  await team.setStatus('Camille Martin', 'Logged out');
  await expect.poll(() => agent.status.text()).toBe('Logged out');
  await team.setStatus('Camille Martin', 'Ready');
  await expect.poll(() => agent.status.text()).toBe('Ready');
});

test('P5 logged out in the middle of a call, the agent still has it; a status for later comes when it is over', async () => {
  const agent = await stage.ready('camille');
  const supervisor = await stage.signIn('sam');
  const team = await TeamPage.open(supervisor);
  const customer = await stage.customer();
  const call = await customer.call({ toneHz: 1300 });
  await agent.call.accept.click();
  await agent.call.connected();
  await team.setStatus('Camille Martin', 'Paused: Meal');
  await agent.page.getByText('Sam Rivera chose your next status', { exact: true }).waitFor();
  await expect.poll(() => agent.status.text()).toBe('Ready. After the call: Meal');

  await team.setStatus('Camille Martin', 'Logged out', { now: true });
  await expect.poll(() => agent.status.text()).toMatch(/^Logged out/);
  await team.row('Camille Martin').getByText('On a call · Assistance').waitFor();
  await hears(agent.page, 1300);
  await call.hangUp();
  await agent.call.wrapUp();
  await team.endWrapUp('Camille Martin').click();
  await agent.call.idle();
  expect(await agent.status.text()).toBe('Logged out');
});
