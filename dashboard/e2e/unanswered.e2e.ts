import { expect, test } from 'vitest';
import { agentHz } from './stage/build';
import { hears } from './stage/ear';
import { openStage } from './stage/stage';

const stage = openStage({ ring: '8s', wrapUp: '3s' });

/** Two ready agents and a call: who rings first, and who comes next. */
async function ringing() {
  const agents = [await stage.ready('camille'), await stage.ready('alex')] as const;
  const customer = await stage.customer();
  const call = await customer.call({ from: '+33639980055' });
  const first = await Promise.race(agents.map((agent) => agent.call.rings().then(() => agent)));
  const second = first === agents[0] ? agents[1] : agents[0];
  return { first, second, call };
}

test('P7 an unanswered call goes to the next agent; the first is paused, is told why, and comes back with Ready', async () => {
  const { first, second, call } = await ringing();
  await second.call.accept.click();
  await second.call.connected();
  await call.hears(agentHz);

  await first.page.getByText('You missed a call, so you’re paused').waitFor();
  await expect.poll(() => first.status.text()).toBe('Paused: Missed call');
  await first.call.idle();
  await first.page.getByRole('main').getByRole('button', { name: 'Ready', exact: true }).click();
  await expect.poll(() => first.status.text()).toBe('Ready');
  await first.page.getByText('You missed a call, so you’re paused').waitFor({ state: 'detached' });
});

test('P7 with nobody else there, the caller keeps the place and hears music; Ready brings the call back', async () => {
  const agent = await stage.ready('camille');
  const customer = await stage.customer();
  const call = await customer.call({ from: '+33639980056' });
  await agent.call.rings();
  await agent.page.getByText('You missed a call, so you’re paused').waitFor();
  await call.hearsMusic();
  await agent.status.choose('Ready');
  await agent.call.rings();
  await agent.call.shows('+33 6 39 98 00 56');
});

test('I1 two agents accept at the same instant: one wins, the other is told', async () => {
  stage.faults.expect(/^409: POST .*\/accept$/);
  const { first, second, call } = await ringing();
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await first.page.route('**/accept', async (route) => {
    await released;
    await route.continue();
  });
  await first.call.accept.click();

  await second.call.accept.click();
  await second.call.connected();
  release();
  await first.page.getByText('This call is no longer yours', { exact: false }).first().waitFor();
  await first.call.idle();
  await hears(second.page, 1000);
  await call.hears(agentHz);
});

test('S10 wrap-up that nobody ends is over by itself', async () => {
  const agent = await stage.ready('camille');
  const customer = await stage.customer();
  const call = await customer.call();
  await agent.call.accept.click();
  await agent.call.connected();
  await call.hangUp();
  await agent.call.idle();
  expect(await agent.status.text()).toBe('Ready');
});
