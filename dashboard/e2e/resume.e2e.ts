import type { Page, Route } from 'playwright-core';
import { expect, test } from 'vitest';
import type { DeskPage } from './pages/desk-page';
import type { PhoneCall } from './pages/simulator-page';
import { agentHz } from './stage/build';
import { hears } from './stage/ear';
import { openStage } from './stage/stage';

const stage = openStage({ wrapUp: '120s' });
const callerHz = 1000;

/** An agent in a call that both hear. */
async function inCall(): Promise<{ agent: DeskPage; call: PhoneCall }> {
  const agent = await stage.ready('camille');
  const customer = await stage.customer();
  const call = await customer.call({ name: 'Nadia Benali', toneHz: callerHz });
  await agent.call.accept.click();
  await bothHear(agent, call);
  return { agent, call };
}

async function bothHear(agent: DeskPage, call: PhoneCall): Promise<void> {
  await agent.call.connected();
  await hears(agent.page, callerHz);
  await call.hears(agentHz);
}

/** Keeps the page from opening its audio until told otherwise. */
async function withholdAudio(page: Page): Promise<() => Promise<void>> {
  const held: Route[] = [];
  const hold = (route: Route) => void held.push(route);
  await page.route('**/media/whip', hold);
  return async () => {
    await page.unroute('**/media/whip', hold);
    for (const route of held) await route.continue().catch(() => {}); // given up meanwhile
  };
}

test('N3 a refresh in mid-call: the caller hears music, and the call is there again with its audio', async () => {
  const { agent, call } = await inCall();
  const before = await agent.call.clock();
  const giveAudio = await withholdAudio(agent.page);
  await agent.page.reload();
  await agent.call.heading('On a call').waitFor();
  await agent.call.shows('Nadia Benali');
  expect(await agent.call.clock(), 'the clock goes on').toBeGreaterThanOrEqual(before);
  await call.hearsMusic();

  await giveAudio();
  await bothHear(agent, call);
  await agent.call.end.click();
  await call.ended();
});

test('N3 a second tab takes the audio over and gives it back when it closes', async () => {
  const { agent, call } = await inCall();
  const tab = await stage.tab(agent.page);
  const second = await stage.signInOn(tab, 'camille');
  await second.openDesk();
  await second.call.panel.getByText('You hear this call in another tab').waitFor();

  await second.button('Use it here').click();
  await bothHear(second, call);
  await agent.page.getByText('Your audio is in another tab').first().waitFor();

  await tab.close();
  await bothHear(agent, call);
});

test('N3 one agent in two tabs: both ring, both accept, once is what happens', async () => {
  const agent = await stage.ready('camille');
  const second = await stage.signInOn(await stage.tab(agent.page), 'camille');
  await second.openDesk();
  const customer = await stage.customer();
  const call = await customer.call({ toneHz: callerHz });
  await Promise.all([agent.call.rings(), second.call.rings()]);
  const accepts = [agent, second].map(({ call: panel }) => panel.accept.dispatchEvent('click'));
  await Promise.all(accepts);
  await bothHear(agent, call);
  await second.call.heading('On a call').waitFor();
  expect((await call.transcript()).match(/In conversation/g)).toHaveLength(1);

  await second.call.end.click();
  await call.ended();
  await Promise.all([agent.call.wrapUp(), second.call.wrapUp()]);
});

test('N3 the network goes and comes back: the call goes on', async () => {
  stage.faults.expect(/net::ERR_INTERNET_DISCONNECTED/);
  const { agent, call } = await inCall();
  await agent.page.context().setOffline(true);
  await agent.page.getByText('Reconnecting…').first().waitFor();
  await agent.page.context().setOffline(false);
  await agent.page.getByText('Reconnecting…').first().waitFor({ state: 'detached' });
  await bothHear(agent, call);
});

test('N3 what happened while the network was away is there when it is back', async () => {
  stage.faults.expect(/net::ERR_INTERNET_DISCONNECTED/);
  const { agent, call } = await inCall();
  await agent.page.context().setOffline(true);
  await agent.page.getByText('Reconnecting…').first().waitFor();
  await call.hangUp();
  await agent.page.context().setOffline(false);
  await agent.call.wrapUp();
});
