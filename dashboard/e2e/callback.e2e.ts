import { test } from 'vitest';
import { expectAccessible } from '../test/axe';
import { incomingCall, type PhoneCall, type SimulatorPage, sales, telephoneOf } from './pages/simulator-page';
import { agentHz } from './stage/build';
import { hears } from './stage/ear';
import { openStage } from './stage/stage';

const stage = openStage({ spacing: '6s' });
const caller = '+33639980077';

/** A caller whom nobody answers presses the key that was offered, and hears that they will be called back. */
async function asksForCallback(customer: SimulatorPage, name = 'Mme Laurent'): Promise<void> {
  const call = await customer.call({ from: caller, name });
  await call.says(/appuyez sur 1/);
  await call.press('1');
  await call.says(/nous vous rappelons/);
  await call.ended();
}

/** A caller who gives up, not at once: whoever does so at once is not called back. */
async function givesUp(call: PhoneCall): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  await call.hangUp();
}

test('S13 a caller keeps their place by a key; when their turn comes the agent is rung, and then both hear each other', async () => {
  const customer = await stage.customer();
  await asksForCallback(customer);
  const agent = await stage.comes('camille');
  await agent.call.rings();
  await agent.call.shows('Callback request', 'Assistance', 'Mme Laurent', '+33 6 39 98 00 77');
  await expectAccessible(agent.page, 'a callback request rings');
  await agent.call.accept.click();
  await agent.call.panel.getByText('Calling the customer…').waitFor();
  const call = await incomingCall(customer.page);
  await call.answer();
  await agent.call.connected();
  await call.hears(agentHz);
  await hears(agent.page, 1000);
  await agent.call.end.click();
  await agent.call.wrapUp();
  await call.ended();
});

test('S13 a customer who is busy is tried again, and so is one whose voicemail answers; then the campaign has them', async () => {
  const customer = await stage.customer();
  await asksForCallback(customer, 'M. Petit');
  await telephoneOf(stage.origin, caller, 'busy');
  const agent = await stage.comes('camille');
  await agent.call.shows('Callback request');
  await agent.call.accept.click();
  await agent.call.idle();
  await agent.page.getByText('Not reached: M. Petit').filter({ visible: true }).first().waitFor();
  await telephoneOf(stage.origin, caller, 'voicemail');
  await agent.call.shows('Callback request', 'Attempt 2');
  await agent.call.accept.click();
  await agent.call.idle(); // the machine is hung up on
  await telephoneOf(stage.origin, caller, 'no-answer');
  await agent.call.shows('Callback request', 'Attempt 3');
  await agent.call.accept.click();
  await agent.call.panel.getByText('Calling the customer…').waitFor();
  await agent.call.end.click(); // the agent will not wait for the fortieth second
  await agent.page.getByText('No further attempt.').filter({ visible: true }).first().waitFor();
  await agent.call.shows('Campaign', 'Appels manqués', 'M. Petit');
  await telephoneOf(stage.origin, caller, 'answer', 1200);
  await agent.call.accept.click();
  await agent.call.connected();
  await hears(agent.page, 1200);
  await telephoneOf(stage.origin, caller, 'ring');
});

test('S14 a missed call is returned by its campaign, and S8 a caller who waits comes first', async () => {
  const customer = await stage.customer();
  await givesUp(await customer.call({ from: caller, name: 'Mme Roche' }));
  const waiting = await customer.call({ to: sales, from: '+447700900123', name: 'Mr Shaw', toneHz: 600 });
  await waiting.says(/next in line/);
  await new Promise((resolve) => setTimeout(resolve, 8_000)); // the campaign's turn has come, too
  const agent = await stage.comes('alex');
  await agent.call.shows('Incoming call', 'Sales', 'Mr Shaw');
  await agent.call.accept.click();
  await waiting.hears(agentHz);
  await agent.call.end.click();
  await agent.call.endWrapUp.click();

  await agent.call.shows('Campaign', 'Appels manqués', 'Mme Roche', '+33 6 39 98 00 77');
  await expectAccessible(agent.page, 'a campaign rings');
  await agent.call.accept.click();
  const call = await incomingCall(customer.page);
  await call.answer();
  await call.hears(agentHz);
  await call.hangUp();
  await agent.call.wrapUp();
});
