import { expect, test } from 'vitest';
import { expectAccessible } from '../test/axe';
import type { DeskPage } from './pages/desk-page';
import { type PhoneCall, telephoneOf } from './pages/simulator-page';
import { agentHz } from './stage/build';
import { hears, sounds } from './stage/ear';
import { openStage } from './stage/stage';

const stage = openStage();
const callerHz = 1000;
const expert = '+33639980099';

/** Camille in a call. */
async function inCall(): Promise<{ agent: DeskPage; call: PhoneCall }> {
  const agent = await stage.ready('camille');
  const customer = await stage.customer();
  const call = await customer.call({ toneHz: callerHz, name: 'M. Dupont' });
  await agent.call.accept.click();
  await agent.call.connected();
  await hears(agent.page, callerHz);
  await call.hears(agentHz);
  return { agent, call };
}

test('P1 consult a colleague, then all three hear each other, then the colleague has the call', async () => {
  const { agent, call } = await inCall();
  const alex = await stage.ready('alex');
  await agent.call.consult('Alex Morgan');
  await agent.call.guest.getByText('Ringing Alex Morgan…').waitFor();
  await call.hearsMusic();
  await alex.call.shows('Consultation', 'M. Dupont');
  await expectAccessible(alex.page, 'a consultation rings');
  await alex.call.accept.click();
  await agent.call.conference.waitFor();
  await expect.poll(() => sounds(alex.page), { message: 'the colleague hears the agent' }).toBe(true);
  await call.hearsMusic();
  await expectAccessible(agent.page, 'a colleague is in the call');

  await agent.call.conference.click();
  await call.hears(agentHz);
  await hears(alex.page, callerHz);
  await hears(agent.page, callerHz);

  await agent.call.handOver('Alex Morgan').click();
  await agent.call.wrapUp();
  await alex.call.connected();
  await hears(alex.page, callerHz);
  await call.hears(agentHz);
  await alex.call.end.click();
  await call.ended();
});

test('P1 a blind transfer that is declined comes back with the caller still there; one that is taken is gone', async () => {
  const { agent, call } = await inCall();
  const alex = await stage.ready('alex');
  await agent.call.transferTo('Alex Morgan');
  await alex.call.shows('Transfer', 'M. Dupont');
  await alex.call.decline.click();
  await agent.call.panel.getByText('Alex Morgan did not answer').waitFor();
  await agent.call.resume.click();
  await call.hears(agentHz);

  await agent.call.transferTo('Alex Morgan');
  await alex.call.accept.click();
  await agent.call.wrapUp();
  await alex.call.connected();
  await hears(alex.page, callerHz);
});

test('P1 who has just become busy cannot be rung: the caller is still there', async () => {
  const { agent, call } = await inCall();
  const alex = await stage.ready('alex');
  const other = await (await stage.customer()).call({ from: '+33639980078' });
  await alex.call.accept.click();
  await alex.call.connected();
  stage.faults.expect(/409: POST \S+\/guest/);
  await agent.call.transferTo('Alex Morgan');
  await agent.call.passing.getByText('They’re on a call or in wrap-up').waitFor();
  await agent.call.passing.getByText('The customer is still with you.').waitFor();
  await call.hears(agentHz);
  await other.hangUp();
});

test('P1 a call goes to a queue, and rings the next agent there', async () => {
  const { agent, call } = await inCall();
  await agent.call.transferTo('Sales');
  await agent.call.wrapUp();
  await call.says(/next in line/);
  const sam = await stage.comes('sam');
  await sam.call.shows('Incoming call', 'Sales', 'M. Dupont');
  await sam.call.accept.click();
  await sam.call.connected();
  await call.hears(agentHz);
});

test('P1 an outside number is consulted and then has the call, without us', async () => {
  await telephoneOf(stage.origin, expert, 'answer', 1200);
  const { agent, call } = await inCall();
  await agent.call.consult('+33 6 39 98 00 99');
  await agent.call.conference.waitFor();
  await hears(agent.page, 1200);
  await agent.call.handOver('+33 6 39 98 00 99').click();
  await agent.call.wrapUp();
  await call.hears(1200);
  await call.hangUp();
});

test('P1 a number that does not answer leaves the caller with the agent', async () => {
  await telephoneOf(stage.origin, expert, 'busy');
  stage.faults.expect(/4(09|22): POST \S+\/guest/);
  const { agent, call } = await inCall();
  await agent.call.transferTo('+33 6 39 98 00 99');
  await agent.call.panel
    .getByText(/They are busy, or did not take the call|did not answer/)
    .first()
    .waitFor();
  await agent.call.resume.click();
  await call.hears(agentHz);
  await agent.call.transferTo('0899 12 34 56');
  await agent.call.passing.getByText('Calls to this number cost extra').waitFor();
  await call.hears(agentHz);
});
