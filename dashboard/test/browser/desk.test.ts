import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessible } from '../axe';
import { dropPeers } from './browser';
import { setStage } from './stage';

const stage = setStage();
const jeanne = { from: '+33612345678', callerName: 'Jeanne Martin' };
const memberships = (id = 'agent-1') =>
  stage.center.world.agent(id).memberships.map(({ status, reason }) => reason ?? status);

const accept = (page: Page) => page.getByRole('button', { name: 'Accept' });
const callPanel = (page: Page) => page.getByRole('region', { name: 'Call', exact: true });
const audioReady = (page: Page) => page.getByText('Audio ready').waitFor();

/** Frequency in Hz that the page hears from the customer, once it is steady. */
async function heardHz(page: Page): Promise<number> {
  const meter = page.getByRole('meter', { name: 'Customer' });
  await expect
    .poll(async () => Number(await meter.getAttribute('data-heard-hz')), { timeout: 8_000 })
    .toBeGreaterThan(100);
  return Number(await meter.getAttribute('data-heard-hz'));
}

async function readyAgent(path = '/desk'): Promise<Page> {
  stage.center.world.setStatus('agent-1', 'ready', undefined, ['q-support', 'q-sales']);
  return stage.open(path);
}

describe('statuses', () => {
  it('S4 logs in to the queues that were picked, all of them unless said otherwise', async () => {
    const page = await stage.open();
    await page.getByRole('button', { name: /Queues to join/ }).click();
    await page.getByRole('option', { name: 'Sales' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Log in to queues', exact: true }).click();
    await expect.poll(() => memberships()).toEqual(['ready', 'out', 'ready']);
    await page.getByText('2 of 3 joined').waitFor();
    await page.getByRole('button', { name: /Queues to join/ }).click();
    await page.getByRole('option', { name: 'Sales' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Log in to queues', exact: true }).click();
    await page.getByText('You’re logged in to all of your queues.').waitFor();
    await expectAccessible(page);
  });

  it('S5, S6 pauses, resumes and logs out of every joined queue', async () => {
    const page = await readyAgent();
    const menu = page.getByRole('button', { name: /^Agent status/ });
    await menu.click();
    await expectAccessible(page);
    await page.getByRole('menuitem', { name: 'Lunch' }).click();
    await expect.poll(() => memberships()).toEqual(['lunch', 'lunch', 'out']);
    await page.getByRole('button', { name: 'Agent status: Paused: Lunch' }).click();
    await page.getByRole('menuitem', { name: 'Ready' }).click();
    await expect.poll(() => memberships()).toEqual(['ready', 'ready', 'out']);
    await menu.click();
    await page.getByRole('menuitem', { name: 'Log out of all queues' }).click();
    await expect.poll(() => memberships()).toEqual(['out', 'out', 'out']);
    await page.getByRole('button', { name: 'Agent status: Logged out' }).waitFor();
  });

  it('S7 changes one queue from its card', async () => {
    const page = await readyAgent();
    await page.getByRole('button', { name: 'My status: Sales' }).click();
    await page.getByRole('menuitem', { name: 'Training' }).click();
    await expect.poll(() => memberships()).toEqual(['ready', 'training', 'out']);
    await page.getByRole('button', { name: 'Agent status: Ready in 1 of 2 queues' }).waitFor();
    await page.getByRole('button', { name: 'My status: Sales' }).click();
    await page.getByRole('menuitem', { name: 'Log out' }).click();
    await expect.poll(() => memberships()).toEqual(['ready', 'out', 'out']);
    await page.getByRole('button', { name: 'My status: Billing and refunds' }).click();
    await page.getByRole('menuitem', { name: 'Ready now' }).click();
    await expect.poll(() => memberships()).toEqual(['ready', 'out', 'ready']);
  });
});

describe('a call', () => {
  it('S9, S10, S12 rings, is accepted, is heard, is ended and wrapped up', async () => {
    const page = await readyAgent();
    await audioReady(page);
    const { id } = stage.center.world.ring('agent-1', jeanne);
    await accept(page).waitFor();
    const panel = callPanel(page);
    for (const text of ['Incoming call', 'Support', 'Jeanne Martin', '+33 6 12 34 56 78']) {
      await panel.getByText(text, { exact: true }).waitFor();
    }
    expect(await page.title()).toContain('Incoming call');
    await expectAccessible(page);
    await accept(page).click();
    stage.center.world.connect(id);
    await panel.getByText('Connected').waitFor();
    expect(Math.abs((await heardHz(page)) - 880)).toBeLessThan(15);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'End call' }).click();
    await panel.getByRole('timer', { name: 'Wrap-up time left' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'End wrap-up' }).click();
    await panel.getByText('No call').waitFor();
    expect(stage.center.world.agent('agent-1').wrapUp).toBeUndefined();
  });

  it('rings on every page without taking the focus, and says so aloud', async () => {
    const page = await readyAgent('/settings');
    const toggle = page.getByRole('checkbox', { name: 'Use keyboard shortcuts' });
    await toggle.focus();
    stage.center.world.ring('agent-1', jeanne);
    await accept(page).waitFor();
    await page.getByRole('status').getByText('Incoming call, Support, Jeanne Martin').waitFor({ state: 'attached' });
    expect(await toggle.evaluate((element) => element === document.activeElement)).toBe(true);
    await expectAccessible(page);
  });

  it('keeps the focus in the panel when the button under it goes away', async () => {
    const page = await readyAgent();
    await audioReady(page);
    const { id } = stage.center.world.ring('agent-1', jeanne);
    await accept(page).focus();
    await page.keyboard.press('Enter');
    stage.center.world.connect(id);
    await page.getByRole('button', { name: 'End call' }).waitFor();
    expect(await callPanel(page).evaluate((panel) => panel.contains(document.activeElement))).toBe(true);
  });

  it('is taken and ended by keys alone', async () => {
    const page = await readyAgent();
    await audioReady(page);
    const { id } = stage.center.world.ring('agent-1', jeanne);
    await accept(page).waitFor();
    await page.keyboard.press('Alt+Shift+A');
    await page.getByRole('button', { name: 'End call' }).waitFor();
    stage.center.world.connect(id);
    await page.keyboard.press('Alt+Shift+E');
    await page.getByRole('button', { name: 'End wrap-up' }).waitFor();
    await page.keyboard.press('Alt+Shift+W');
    await callPanel(page).getByText('No call').waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await expectAccessible(page);
  });

  it('S9 declined goes away, and the agent stays ready', async () => {
    const page = await readyAgent();
    stage.center.world.ring('agent-1');
    await callPanel(page).getByText('Unknown caller').waitFor();
    await page.getByRole('button', { name: 'Decline' }).click();
    await callPanel(page).getByText('No call').waitFor();
    expect(memberships()).toEqual(['ready', 'ready', 'out']);
  });

  it('stops ringing when the caller hangs up', async () => {
    const page = await readyAgent();
    const { id } = stage.center.world.ring('agent-1', jeanne);
    await accept(page).waitFor();
    stage.center.world.end(id);
    await accept(page).waitFor({ state: 'detached', timeout: 1_000 });
    await page.getByRole('status').getByText('The caller hung up.').waitFor({ state: 'attached' });
  });

  it('that went elsewhere is explained to the agent who was too late', async () => {
    const page = await readyAgent();
    await audioReady(page);
    const { id } = stage.center.world.ring('agent-1', jeanne);
    await accept(page).waitFor();
    stage.center.muted = true;
    stage.center.world.end(id);
    stage.center.muted = false;
    await accept(page).click();
    await page.getByText('This call is no longer yours').waitFor();
    await callPanel(page).getByText('No call').waitFor();
    await expectAccessible(page);
  });

  it('missed pauses the agent, who is ready again with one button', async () => {
    const page = await readyAgent();
    const { id } = stage.center.world.ring('agent-1', jeanne);
    await accept(page).waitFor();
    stage.center.world.miss(id);
    await page.getByText('You missed a call, so you’re paused').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Ready', exact: true }).click();
    await expect.poll(() => memberships()).toEqual(['ready', 'ready', 'out']);
    await page.getByText('You missed a call').waitFor({ state: 'detached' });
  });
});

describe('trouble', () => {
  async function inCall(): Promise<Page> {
    const page = await readyAgent();
    await audioReady(page);
    const { id } = stage.center.world.ring('agent-1', jeanne);
    await accept(page).click();
    stage.center.world.connect(id);
    await callPanel(page).getByText('Connected').waitFor();
    return page;
  }

  it('N3 a refresh in mid-call brings back the call and its audio', async () => {
    const page = await inCall();
    await page.reload();
    await callPanel(page).getByText('Jeanne Martin').waitFor();
    expect(Math.abs((await heardHz(page)) - 880)).toBeLessThan(15);
    expect(stage.center.removedSessions).toHaveLength(1);
  });

  it('N3 a second tab leaves the audio where it is, takes it on request, and gives it back when it closes', async () => {
    const page = await inCall();
    const second = await page.context().newPage();
    await second.goto(`${stage.center.origin}/desk`);
    await second.getByRole('button', { name: 'Sign in' }).click();
    await second.getByText('Your audio is in another tab').waitFor();
    expect(await heardHz(page)).toBeGreaterThan(100);
    await expectAccessible(second);
    await second.getByRole('button', { name: 'Use it here' }).click();
    expect(await heardHz(second)).toBeGreaterThan(100);
    await page.getByText('Your audio is in another tab').waitFor();
    await second.close();
    await callPanel(page).getByText('Connected').waitFor();
    expect(await heardHz(page)).toBeGreaterThan(100);
  });

  it('N3 audio that breaks is opened again while the call goes on', async () => {
    const page = await inCall();
    await dropPeers(stage.node);
    await expect.poll(() => stage.center.removedSessions.length, { timeout: 15_000 }).toBe(1);
    await callPanel(page).getByText('Connected').waitFor();
    expect(await heardHz(page)).toBeGreaterThan(100);
  });

  it('a lost connection is said, and what happened meanwhile is there when it is back', async () => {
    const page = await inCall();
    stage.center.muted = true;
    stage.center.failing = 503;
    stage.center.dropConnections();
    await page.getByText('Reconnecting…').waitFor();
    await callPanel(page).getByText('Your call goes on').waitFor();
    await expectAccessible(page);
    stage.center.world.end('call-0001');
    stage.center.muted = false;
    stage.center.failing = undefined;
    await page.getByRole('button', { name: 'End wrap-up' }).waitFor();
    await page.getByText('Reconnecting…').waitFor({ state: 'detached' });
  });

  it('a refused token is renewed without the agent noticing', async () => {
    const page = await readyAgent();
    await audioReady(page); // nothing moves on the page any more
    stage.center.provider.revokeAccess();
    await page.getByRole('button', { name: 'My status: Support' }).click();
    await page.getByRole('menuitem', { name: 'Break' }).click();
    await expect.poll(() => memberships()).toEqual(['break', 'ready', 'out']);
  });

  it('a session that is over is explained, and signing in goes back to the page', async () => {
    const page = await readyAgent();
    await audioReady(page); // nothing moves on the page any more
    stage.center.provider.revokeAccess();
    stage.center.provider.expired = true;
    await page.getByRole('button', { name: 'My status: Support' }).click();
    await page.getByRole('menuitem', { name: 'Break' }).click();
    await page.getByText('Your session has ended', { exact: true }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.getByRole('heading', { name: 'Agent desk' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/desk');
  });

  it('a microphone that is refused is explained, and the desk works without it', async () => {
    stage.center.world.setStatus('agent-1', 'ready', undefined, ['q-support']);
    const page = await stage.open('/desk', { microphone: false });
    await page.getByText('The browser doesn’t let this page use the microphone.').waitFor();
    await expectAccessible(page);
    stage.center.world.ring('agent-1', jeanne);
    await callPanel(page).getByText('Your audio isn’t working: if you accept').waitFor();
    await page.getByRole('button', { name: 'Decline' }).click();
    await callPanel(page).getByText('No call').waitFor();
  });

  it('an audio server that is down is tried until it is back', async () => {
    const answer = stage.center.answerOffer;
    stage.center.answerOffer = undefined;
    const page = await readyAgent();
    await page.getByText('The audio server can’t be reached.').waitFor();
    stage.center.answerOffer = answer;
    await audioReady(page);
    await page.getByText('The audio server can’t be reached.').waitFor({ state: 'detached' });
  });

  it('a desk that cannot be loaded says so and loads when it can', async () => {
    stage.center.failing = 503;
    const page = await stage.open('/desk', { ready: false });
    await page.getByText('Your desk couldn’t be loaded').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Try now' }).focus();
    stage.center.failing = undefined;
    await page.keyboard.press('Enter'); // at once: the desk tries again by itself, and then there is no button
    await page.getByRole('heading', { name: 'Agent desk' }).waitFor();
  });
});

describe('people', () => {
  it('S1 who is no agent is told so and can leave', async () => {
    stage.center.provider.person = 'visitor';
    const page = await stage.open();
    await page.getByRole('heading', { name: 'You’re signed in, but you’re not an agent' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'You’re signed out' }).waitFor();
    await expectAccessible(page);
  });

  it('S3 the headset opens the desk', async () => {
    const page = await stage.open('/');
    await expectAccessible(page);
    await page.getByRole('banner').getByRole('link', { name: 'Agent desk' }).click();
    await page.getByRole('heading', { name: 'Agent desk' }).waitFor();
    await expectAccessible(page);
  });

  it('S11 a supervisor watches the team live and ends a wrap-up', async () => {
    stage.center.provider.person = 'lead-1';
    stage.center.provider.personName = 'Sacha Morel';
    const page = await stage.open('/team');
    const row = page.getByRole('row', { name: /Camille Durand/ });
    await row.waitFor();
    stage.center.world.setStatus('agent-1', 'ready', undefined, ['q-support']);
    await row.getByText('Ready').waitFor();
    const { id, offer } = stage.center.world.ring('agent-1', jeanne);
    await row.getByText('Ringing · Support').waitFor();
    stage.center.world.accept('agent-1', id, offer?.id ?? '');
    await row.getByText('On a call · Support').waitFor();
    stage.center.world.end(id);
    await row.getByText('Wrap-up · Support').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'End wrap-up: Camille Durand' }).click();
    await row.getByText('Wrap-up').waitFor({ state: 'detached' });
    expect(stage.center.world.agent('agent-1').wrapUp).toBeUndefined();
    await page.getByRole('searchbox', { name: 'Find an agent' }).fill('zzz');
    await page.getByText('No agent matches').waitFor();
    await expectAccessible(page);
  });

  it('an agent who opens the team page learns why it is empty', async () => {
    const page = await stage.open('/team');
    await page.getByRole('heading', { name: 'This page is for supervisors' }).waitFor();
    await expectAccessible(page);
  });

  it('an agent without queues learns whom to ask', async () => {
    stage.center.world.addAgent('agent-9', 'Alix Petit', 'agent', []);
    stage.center.provider.person = 'agent-9';
    const page = await stage.open();
    await page.getByText('No queue is assigned to you').waitFor();
    await expectAccessible(page);
  });
});

describe('looks', () => {
  it.each([
    ['French, dark', { language: 'fr', dark: true }],
    ['French, narrow', { language: 'fr', width: 400 }],
    ['English, narrow, dark', { width: 400, dark: true }],
  ] as const)('%s: every page is accessible while a call rings, and none scrolls sideways', async (_, look) => {
    stage.center.world.setStatus('agent-1', 'ready', undefined, ['q-support']);
    const page = await stage.open('/', look);
    stage.center.world.ring('agent-1', { ...jeanne, ringSeconds: 120 });
    for (const path of ['/', '/desk', '/settings', '/nowhere']) {
      await page.goto(stage.center.origin + path);
      await page.getByRole('button', { name: /^(Accept|Accepter)$/ }).waitFor();
      await page.getByRole('heading', { level: 1 }).waitFor(); // pages come when they are needed
      await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(
        0,
      );
    }
  });

  it('P4 the settings pick devices and test them', async () => {
    const page = await stage.open('/settings');
    await page.getByRole('button', { name: /^Microphone/ }).click();
    await page.getByRole('option').nth(1).click();
    await page.getByRole('button', { name: 'Test the microphone' }).click();
    const level = page.getByRole('meter', { name: 'Microphone level' });
    await expect
      .poll(() => level.evaluate((meter: HTMLMeterElement) => meter.value), { timeout: 5_000 })
      .toBeGreaterThan(10);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Stop the test' }).click();
    await page.getByRole('button', { name: 'Play a test sound' }).click();
    await page.getByRole('button', { name: 'Play the ringtone' }).click();
    await page.getByRole('button', { name: 'Stop the ringtone' }).click();
    await page
      .getByRole('radio', { name: 'Dark' })
      .or(page.getByRole('button', { name: 'Dark' }))
      .first()
      .click();
    await expect.poll(() => page.evaluate(() => document.documentElement.style.colorScheme)).toBe('dark');
    await expectAccessible(page);
  });
});
