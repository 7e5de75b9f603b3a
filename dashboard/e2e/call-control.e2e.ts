import { expect, test } from 'vitest';
import { expectAccessible } from '../test/axe';
import type { DeskPage } from './pages/desk-page';
import type { PhoneCall } from './pages/simulator-page';
import { agentHz } from './stage/build';
import { heardHz, hears, near, sounds } from './stage/ear';
import { openStage } from './stage/stage';

const stage = openStage();
const callerHz = 1000;

/** An agent in a call where both have heard each other. */
async function inCall(): Promise<{ agent: DeskPage; call: PhoneCall }> {
  const agent = await stage.ready('camille');
  const customer = await stage.customer();
  const call = await customer.call({ toneHz: callerHz });
  await agent.call.accept.click();
  await agent.call.connected();
  await hears(agent.page, callerHz);
  await call.hears(agentHz);
  return { agent, call };
}

/** Checks, for three seconds, that the caller does not hear the agent. */
async function unheard(call: PhoneCall): Promise<void> {
  for (let i = 0; i < 30; i++) {
    expect(await call.heardHz(), 'the caller hears the agent').not.toSatisfy(near(agentHz));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test('P1 hold: the customer hears music and not the agent, who hears nothing; then both hear each other again', async () => {
  const { agent, call } = await inCall();
  await agent.call.hold.click();
  await agent.call.held.waitFor();
  await call.hearsMusic();
  await unheard(call);
  await expect.poll(() => sounds(agent.page), { message: 'the agent hears nothing' }).toBe(false);
  await expectAccessible(agent.page, 'on hold');

  await agent.page.reload();
  await agent.call.held.waitFor();
  await unheard(call);
  await agent.call.resume.click();
  await call.hears(agentHz);
  await hears(agent.page, callerHz);
});

test('P1 hold ends with the call: the customer hangs up, and the next one is heard', async () => {
  const { agent, call } = await inCall();
  await agent.call.hold.click();
  await agent.call.held.waitFor();
  await call.hangUp();
  await agent.call.endWrapUp.click();
  const customer = await stage.customer();
  const next = await customer.call({ toneHz: callerHz });
  await agent.call.accept.click();
  await next.hears(agentHz);
  await hears(agent.page, callerHz);
});

test('P1 mute: the customer no longer hears the agent, also when on hold in between, and the agent hears on', async () => {
  const { agent, call } = await inCall();
  await agent.call.mute.click();
  await agent.call.mutedWarning.waitFor();
  await expect.poll(() => call.heardHz()).toBe(0);
  await unheard(call);
  expect(await heardHz(agent.page)).toSatisfy(near(callerHz));
  await expectAccessible(agent.page, 'muted');

  await agent.call.hold.click();
  await call.hearsMusic();
  await agent.call.resume.click();
  await agent.call.hold.waitFor();
  await expect.poll(() => call.heardHz()).toBe(0);
  await unheard(call);
  await agent.page.keyboard.press('Alt+Shift+M');
  await call.hears(agentHz);
});

test('P1 keypad: the digits that the agent presses sound to the customer', async () => {
  const { agent, call } = await inCall();
  await agent.call.mute.click();
  await expect.poll(() => call.heardHz()).toBe(0);
  await agent.call.keypadButton.click();
  // Of a digit's two pitches the ear tells the stronger one; which of them that is, is the line's affair.
  for (const [digit, pitches] of [
    ['1', [697, 1209]],
    ['5', [770, 1336]],
    ['#', [941, 1477]],
  ] as const) {
    const ear = await call.listen();
    await agent.page.keyboard.press(digit);
    await expect
      .poll(ear.heard, { message: `the caller hears ${digit}` })
      .toSatisfy((heard: number[]) => heard.some((hz) => pitches.some((pitch) => near(pitch)(hz))));
  }
  await agent.call.keypad.getByText('15#', { exact: true }).waitFor();
  await agent.call.mute.click();
  await call.hears(agentHz);
});

test('P2 a status chosen in the call comes after wrap-up', async () => {
  const { agent, call } = await inCall();
  await agent.status.choose('Break');
  await expect.poll(() => agent.status.text()).toBe('Ready. After the call: Break');
  await call.hangUp();
  await agent.call.wrapUp();
  await expect.poll(() => agent.status.text()).toBe('Ready. After wrap-up: Break');
  await agent.page.reload();
  await agent.call.endWrapUp.click();
  await expect.poll(() => agent.status.text()).toBe('Paused: Break');
});

test('P2 it is taken back: the next call rings', async () => {
  const { agent, call } = await inCall();
  await agent.status.choose('Meeting');
  await expect.poll(() => agent.status.text()).toBe('Ready. After the call: Meeting');
  await agent.status.choose('Leave my status as it is');
  await expect.poll(() => agent.status.text()).toBe('Ready');
  await call.hangUp();
  await agent.call.endWrapUp.click();
  const customer = await stage.customer();
  await customer.call();
  await agent.call.rings();
});

test('P2 a status that is chosen for now comes at once, and the call goes on', async () => {
  const { agent, call } = await inCall();
  await agent.status.choose('Break now');
  await expect.poll(() => agent.status.text()).toBe('Paused: Break');
  await call.hears(agentHz);
});
