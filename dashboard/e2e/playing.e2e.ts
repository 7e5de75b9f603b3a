import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../test/axe';
import { RecordingsPage } from './pages/recordings-page';
import { agentHz } from './stage/build';
import { hears, hearsAmong } from './stage/ear';
import { openStage } from './stage/stage';
import { writeTone } from './stage/tone';

const stage = openStage();

/** The pitch of the message: neither the agent's nor the caller's, nor a harmonic of theirs. */
const messageHz = 1600;
const callerHz = 1000;
const name = 'Opening hours';

/** Long enough to be stopped, whatever else the machine does. */
const LONG = 60;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-message-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An agent with one message, in a call where both have heard each other. */
async function inCall(seconds = 10) {
  const message = join(folder, `${seconds}.wav`);
  writeTone(message, messageHz, seconds);
  const agent = await stage.signIn('camille');
  const recordings = await RecordingsPage.open(agent);
  await recordings.add(name);
  await recordings.choose(message);
  await recordings.save(name);
  await agent.openDesk();
  await agent.logIn();
  await agent.audioUp();
  const customer = await stage.customer();
  const call = await customer.call({ toneHz: callerHz });
  await agent.call.accept.click();
  await agent.call.connected();
  await hears(agent.page, callerHz);
  await call.hears(agentHz);
  return { agent, call };
}

test('S27 a recorded message plays into a call: both hear it, then both talk on', async () => {
  const { agent, call } = await inCall();
  await agent.call.showRecordings.click();
  await agent.call.play(name).click();
  await agent.call.playing.waitFor();
  await call.hears(messageHz);
  await hearsAmong(agent.page, messageHz);
  await expectAccessible(agent.page, 'a message plays');

  await agent.call.playing.waitFor({ state: 'detached' });
  await call.hears(agentHz);
  await hears(agent.page, callerHz);
  await agent.call.connected();
});

test('S27 a message that plays is stopped, and both talk on', async () => {
  const { agent, call } = await inCall(LONG);
  await agent.call.showRecordings.click();
  await agent.call.play(name).click();
  await call.hears(messageHz);
  await agent.page.reload();
  await agent.call.stopPlaying.click();
  await agent.call.showRecordings.waitFor();
  await call.hears(agentHz);
  await hears(agent.page, callerHz);
});

test('S28 “Play and hang up”: the call ends after the message', async () => {
  const { agent, call } = await inCall();
  await agent.call.showRecordings.click();
  await agent.call.playAndEnd(name).click();
  await agent.call.playing.getByText('The call ends after the message.').waitFor();
  await call.hears(messageHz);
  await call.ended();
  await agent.call.wrapUp();
});

test('S28 stopped in time, the call goes on', async () => {
  const { agent, call } = await inCall(LONG);
  await agent.call.showRecordings.click();
  await agent.call.playAndEnd(name).click();
  await call.hears(messageHz);
  await agent.call.stopPlayingAndStay.click();
  await call.hears(agentHz);
  await hears(agent.page, callerHz);
  expect(await agent.call.wrapUpShown()).toBe(false);
});

test('S27 archived messages don’t show', async () => {
  const { agent } = await inCall();
  const recordings = await RecordingsPage.open(agent);
  await recordings.action('archiveOne', name).click();
  await recordings.says('archived', name);
  await agent.openDesk();
  await agent.call.showRecordings.click();
  await agent.call.panel.getByText('You have no message to play.').waitFor();
  expect(await agent.call.play(name).count()).toBe(0);
});
