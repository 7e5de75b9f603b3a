import { expect, test } from 'vitest';
import { expectAccessible } from '../test/axe';
import { incomingCall, telephoneOf } from './pages/simulator-page';
import { agentHz } from './stage/build';
import { hears } from './stage/ear';
import { openStage } from './stage/stage';

const stage = openStage();
const own = '+442079460012';

test('S2 the line chosen at the bottom left is the one that the customer sees', async () => {
  stage.faults.expect(/422: POST \S+\/api\/calls/);
  const agent = await stage.ready('alex');
  const line = agent.page.getByRole('combobox', { name: 'Line' });
  await line.selectOption('+33199001000');
  await agent.page.reload();
  await expect.poll(() => line.inputValue(), { message: 'it is kept' }).toBe('+33199001000');
  await agent.audioUp();
  const customer = await stage.customer();
  await agent.page.getByRole('banner').getByRole('button', { name: 'Call a number' }).click();
  const dial = agent.page.getByRole('dialog', { name: 'Call a number' });
  await expectAccessible(agent.page, 'the keypad');
  await agent.page.keyboard.type('0899123456');
  await agent.page.keyboard.press('Enter');
  await dial.getByText('Calls to this number cost extra').waitFor();
  await dial.getByRole('combobox', { name: 'Number or name' }).fill('+1 212 555 2368');
  await agent.page.keyboard.press('Enter');
  await dial.getByText('Your centre doesn’t allow calls to this country').waitFor();
  await dial.getByRole('combobox', { name: 'Number or name' }).fill('+33639980055');
  await agent.page.keyboard.press('Enter');
  const call = await incomingCall(customer.page);
  await customer.page.locator('[data-sid]').getByText('+33 1 99 00 10 00').first().waitFor();
  await call.answer();
  await call.hears(agentHz);
  await agent.call.end.click();
  await call.ended();
});

test('S2 a call to an agent’s own line rings that agent, paused and all; it has no wrap-up', async () => {
  const agent = await stage.ready('alex');
  await agent.status.choose('Break');
  const customer = await stage.customer();
  const call = await customer.call({ to: own, name: 'Mrs Lane', toneHz: 900 });
  await agent.call.shows('Direct call', 'Mrs Lane');
  await expectAccessible(agent.page, 'a direct call rings');
  await agent.call.accept.click();
  await agent.call.connected();
  await hears(agent.page, 900);
  await call.hangUp();
  await agent.call.idle();
  expect(await agent.call.wrapUpShown()).toBe(false);
  await expect.poll(() => agent.status.text()).toBe('Paused: Break');
});

test('P6 who calls an agent who declines may leave a message, which the agent hears and returns', async () => {
  const agent = await stage.ready('alex');
  const customer = await stage.customer();
  const caller = '+33639980066';
  await telephoneOf(stage.origin, caller, 'answer', 1200);
  const call = await customer.call({ to: own, from: caller, name: 'Mrs Lane', toneHz: 900 });
  await agent.call.decline.click();
  await call.says(/message/i);
  await customer.page.getByText('Being recorded').waitFor();
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  await call.hangUp();
  await agent.page.getByRole('link', { name: /^Voicemail/ }).click();
  await agent.page.getByRole('heading', { level: 1, name: /Voicemail/ }).waitFor();
  await agent.page.getByText('Mrs Lane').waitFor();
  await expectAccessible(agent.page, 'a message of a caller');
  await agent.page.getByRole('button', { name: /^Call back/ }).click();
  await agent.call.connected();
  await hears(agent.page, 1200);
});
