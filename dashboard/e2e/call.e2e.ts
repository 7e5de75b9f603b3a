import { expect, test } from 'vitest';
import { sales, unused } from './pages/simulator-page';
import { agentHz } from './stage/build';
import { hears } from './stage/ear';
import { openStage } from './stage/stage';

const stage = openStage();

test('S12 S9 an inbound call rings with its queue and its caller; both hear each other; the red phone ends it', async () => {
  const agent = await stage.ready('camille');
  const customer = await stage.customer();

  const call = await customer.call({ from: '+33639980042', name: 'Nadia Benali', toneHz: 1000 });
  await agent.call.rings();
  await agent.call.heading('Incoming call').waitFor();
  await agent.call.shows('Assistance', 'Nadia Benali', '+33 6 39 98 00 42');

  await agent.call.accept.click();
  await agent.call.connected();
  await hears(agent.page, 1000);
  await call.hears(agentHz);

  await agent.call.end.click();
  await call.ended();
  await agent.call.wrapUp();
});

test('S12 call after call, both hear each other every time', async () => {
  const agent = await stage.ready('camille');
  const customer = await stage.customer();
  for (const toneHz of [600, 1000, 1400, 1800]) {
    const call = await customer.call({ toneHz });
    await agent.call.accept.click();
    await hears(agent.page, toneHz);
    await call.hears(agentHz);
    await call.hangUp();
    await agent.call.endWrapUp.click();
    await agent.call.idle();
  }
});

test('S12 in French, for a caller who withholds the number', async () => {
  const agent = await stage.ready('camille', { language: 'fr' });
  const customer = await stage.customer({ language: 'fr' });
  const call = await customer.call({ to: sales, from: 'anonymous' });
  await agent.call.rings();
  await agent.call.heading('Appel entrant').waitFor();
  await agent.call.shows('Sales', 'Appelant inconnu', 'Numéro masqué');
  await call.hangUp();
});

test('S12 a declined call goes to the next agent', async () => {
  const agents = [await stage.ready('camille'), await stage.ready('alex')];
  const customer = await stage.customer();
  await customer.call({ from: '+33639980077' });
  const first = await Promise.race(agents.map((agent) => agent.call.rings().then(() => agent)));
  const second = agents.find((agent) => agent !== first);

  await first.call.decline.click();
  await second?.call.rings();
  await second?.call.shows('+33 6 39 98 00 77');
  await first.call.idle();
  expect(await first.status.text(), 'declining is no reason to be paused').toBe('Ready');
});

test('I9 when the caller hangs up, the ringing stops at once and is not missed', async () => {
  const agent = await stage.ready('camille');
  const customer = await stage.customer();
  const call = await customer.call();
  await agent.call.rings();
  await call.hangUp();
  await agent.call.idle();
  expect(await agent.status.text()).toBe('Ready');
  expect(await agent.page.getByText('You missed a call').count()).toBe(0);

  await customer.call({ from: '+33639980078' });
  await agent.call.rings();
  await agent.call.shows('+33 6 39 98 00 78');
});

test('S9 when the caller hangs up in the call, the agent goes to wrap-up', async () => {
  const agent = await stage.ready('camille');
  const customer = await stage.customer();
  const call = await customer.call();
  await agent.call.accept.click();
  await agent.call.connected();
  await call.hangUp();
  await agent.call.wrapUp();
});

test('P6 who waits is greeted in the queue’s language, told the position, hears music and may press a key to be called back', async () => {
  const customer = await stage.customer();
  const first = await customer.call({ to: sales, from: '+33639980001' });
  await first.says('Hello, and thank you for calling.');
  await first.says('You are next in line.');
  await first.hearsMusic();
  const second = await customer.call({ to: sales, from: '+33639980002' });
  await second.says('There is one person ahead of you.');
  await second.says(/press 1/);
});

test('S12 a call rings on every page of the dashboard, and never takes the focus', async () => {
  const agent = await stage.ready('camille');
  await agent.button('Settings').click();
  const field = agent.page.getByRole('checkbox', { name: 'Use keyboard shortcuts' });
  await field.focus();
  const customer = await stage.customer();
  await customer.call();
  await agent.call.rings();
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await agent.page.title()).toContain('Incoming call');
});

test('a number that no queue has answers politely and hangs up', async () => {
  const customer = await stage.customer();
  const call = await customer.call({ to: unused });
  await call.ended();
  expect(await call.transcript()).toMatch(/This number is not in service|Ce numéro n’est pas en service/);
});
