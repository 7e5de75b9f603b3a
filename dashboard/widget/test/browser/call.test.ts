import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessible } from '../../../test/axe';
import { AgentEnd } from './far-side';
import { bubbles, launcher, log, Stage, write } from './stage';

const stage = new Stage();
const allowed = { permissions: ['microphone'] };
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const card = (page: Page) => page.locator('guichet-webchat .call');
const focused = (page: Page, name: string) => button(page, name).evaluate((element) => element.matches(':focus'));

/** Lets the media node pass audio on to an agent who is really there. */
async function agent(): Promise<AgentEnd> {
  const end = await AgentEnd.open(stage.browser, stage.site.origin);
  stage.site.node.farSide = end.answer;
  return end;
}

/** A visitor and an agent who talk. */
async function talk(page: Page): Promise<AgentEnd> {
  const far = await agent();
  stage.site.ring();
  await button(page, 'Répondre').click();
  await card(page).getByText('En appel avec Camille').waitFor();
  return far;
}

describe('a call', () => {
  it('is heard on both sides, beside the chat', async () => {
    const page = await stage.converse(allowed);
    const far = await agent();
    const id = stage.site.ring();
    await card(page).getByText('Camille vous appelle').waitFor();
    await expectAccessible(page);
    await button(page, 'Répondre').click();
    await card(page).getByText('En appel avec Camille').waitFor();
    expect(stage.site.answered).toEqual([id]);
    await expect.poll(async () => (await far.heard()).energy).toBeGreaterThan(0);
    expect((await far.heard()).codec).toBe('audio/PCMU');
    await expect
      .poll(() => page.locator('guichet-webchat audio').evaluate((audio: HTMLAudioElement) => audio.currentTime))
      .toBeGreaterThan(0.5);
    await card(page).getByText('00:01').waitFor();
    await expectAccessible(page);

    await button(page, 'Couper le micro').click();
    expect(await button(page, 'Couper le micro').getAttribute('aria-pressed')).toBe('true');
    await card(page).getByText('Votre micro est coupé.').waitFor();
    await page.waitForTimeout(500); // what was said before is still on its way
    const { energy } = await far.heard();
    await write(page, 'Je vous entends');
    await expect.poll(() => stage.site.posts.length).toBe(2);
    stage.site.answer('Moi aussi');
    await log(page).getByText('Moi aussi').waitFor();
    await page.waitForTimeout(1_500); // the microphone of the test beeps once a second
    expect((await far.heard()).energy).toBeCloseTo(energy, 4);

    await button(page, 'Raccrocher').click();
    await card(page)
      .getByText(/^Appel terminé · 00:0\d$/)
      .waitFor();
    await expectAccessible(page);
    await expect.poll(() => stage.site.ended).toEqual([id]);
    await expect.poll(() => stage.site.node.requests).toEqual(['POST /media/whip', 'DELETE /media/whip/ses_1']);
    await button(page, 'Fermer ce message').click();
    expect(await card(page).textContent()).not.toContain('Appel');
    expect(await bubbles(page)).toEqual(['Bonjour à vous !', 'Bonjour', 'Je vous entends', 'Moi aussi']);
  });

  it('rings beside the launcher, and takes neither focus nor title', async () => {
    const page = await stage.converse(allowed);
    await page.keyboard.press('Escape');
    await button(page, 'Une question ?').focus();
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      const { close } = AudioContext.prototype;
      AudioContext.prototype.close = function () {
        heard.push('silence');
        return close.call(this);
      };
      const { start } = AudioBufferSourceNode.prototype;
      AudioBufferSourceNode.prototype.start = function (...when) {
        heard.push(this.loop ? 'ring' : 'sound');
        start.apply(this, when);
      };
    });
    const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    await agent();
    stage.site.ring();
    await card(page).getByRole('alert').getByText('Camille vous appelle').waitFor();
    await expectAccessible(page);
    expect(await focused(page, 'Une question ?')).toBe(true);
    expect(await page.title()).toBe('Maison Lavande');
    expect(await heard()).toEqual(['ring']);
    expect(await launcher(page).getAttribute('aria-label')).toMatch(/^Camille vous appelle\. Discuter/);
    await button(page, 'Répondre').focus();
    await page.keyboard.press('Enter');
    await card(page).getByText('En appel avec Camille').waitFor();
    expect(await heard()).toEqual(['ring', 'silence']);
    expect(await focused(page, 'Couper le micro')).toBe(true); // the button that was pressed is gone
    expect(await launcher(page).getAttribute('aria-label')).toBe('Discuter avec Maison Lavande');
    await launcher(page).click();
    await card(page).getByText('En appel avec Camille').waitFor(); // now in the panel
    stage.site.turn('over');
    await card(page)
      .getByText(/^Appel terminé · /)
      .waitFor();
    await expect.poll(() => card(page).textContent(), { timeout: 12_000 }).not.toContain('Appel');
  });

  it('is accessible in the dark, and fits a narrow phone', async () => {
    const page = await stage.converse({ ...allowed, colorScheme: 'dark', viewport: { width: 320, height: 568 } });
    stage.site.ring({}); // by somebody without a name
    await card(page).getByText('Un conseiller vous appelle').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await button(page, 'Répondre').waitFor();
    await expectAccessible(page);
    const box = await card(page).boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 320).toBe(true);
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'));
    });
    await button(page, 'Répondre').click();
    await card(page).getByText('Aucun micro n’a été trouvé.').waitFor();
    await expectAccessible(page);
  });

  it('says what is in the way, and rings on', async () => {
    const page = await stage.converse();
    await agent();
    const id = stage.site.ring();
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
    });
    await button(page, 'Répondre').focus();
    await page.keyboard.press('Enter'); // the browser of a visitor who allows nothing
    await card(page).getByText('Le micro est bloqué.').waitFor();
    await expectAccessible(page);
    expect(await focused(page, 'Réessayer')).toBe(true);
    expect(stage.site.ended).toEqual([]);
    await page.evaluate(() => Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia')); // now they allow it
    stage.site.failing = { resource: 'call/answer', status: 503, slug: 'busy' };
    await page.keyboard.press('Enter');
    await card(page).getByText('Impossible de répondre à l’appel.').waitFor();
    stage.site.failing = undefined;
    await button(page, 'Réessayer').click();
    await card(page).getByText('En appel avec Camille').waitFor();
    expect(stage.site.answered).toEqual([id]);
  });

  it('says that the page’s own policy allows no microphone', async () => {
    const page = await stage.converse(allowed);
    await page.goto(`${stage.site.origin}/quiet-shop`);
    await launcher(page).waitFor();
    await expect.poll(() => stage.site.connections).toBe(1);
    const id = stage.site.ring();
    await button(page, 'Answer').click();
    await card(page).getByText('This site does not allow the microphone on its pages.').waitFor();
    await button(page, 'Decline').click();
    await expect.poll(() => stage.site.ended).toEqual([id]);
    expect(await card(page).textContent()).not.toContain('Camille');
  });

  it('says that a page without https can have no call', async () => {
    const page = await stage.visit();
    await page.goto(`${stage.site.origin.replace('localhost', 'shop.test')}/shop`);
    await launcher(page).click();
    await page.getByRole('textbox', { name: 'Your message' }).fill('Hello');
    await page.keyboard.press('Enter');
    await expect.poll(() => stage.site.connections).toBe(1);
    stage.site.ring();
    await button(page, 'Answer').click();
    await card(page).getByText('Calls need a secure page (https), and this one is not.').waitFor();
    expect(await button(page, 'Try again').count()).toBe(0);
  });

  it('rings on a page that is loaded meanwhile, also without a realtime connection', async () => {
    const page = await stage.converse(allowed);
    stage.site.ring();
    await button(page, 'Répondre').waitFor();
    stage.site.deaf = true;
    await page.reload();
    await button(page, 'Répondre').waitFor();
    expect(stage.site.ended).toEqual([]);
    stage.site.turn('over');
    await card(page).getByText('Appel terminé').waitFor(); // asked for now and then
  });

  it('is over elsewhere for the tabs that have not answered it', async () => {
    const page = await stage.converse(allowed);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await expect.poll(() => stage.site.connections).toBe(2);
    const far = await agent();
    stage.site.ring();
    await button(other, 'Refuser').waitFor();
    await button(page, 'Répondre').click();
    await card(page).getByText('En appel avec Camille').waitFor();
    await card(other).getByText('En appel dans un autre onglet').waitFor();
    expect(await card(other).getByRole('button').count()).toBe(0);
    await expectAccessible(other);
    await other.close();
    await expect.poll(async () => (await far.heard()).energy).toBeGreaterThan(0);
    expect(stage.site.ended).toEqual([]);
  });

  it('ends when the page is left', async () => {
    const page = await stage.converse(allowed);
    await talk(page);
    await page.goto(`${stage.site.origin}/webchat/demo.css`);
    await expect.poll(() => stage.site.node.requests.at(-1)).toBe('DELETE /media/whip/ses_1');
    await expect.poll(() => stage.site.ended).toHaveLength(1);
  });

  it('turns the sound on when the browser asks for a button', async () => {
    const page = await stage.converse(allowed);
    await page.evaluate(() => {
      const { play } = HTMLMediaElement.prototype;
      HTMLMediaElement.prototype.play = () => {
        HTMLMediaElement.prototype.play = play;
        return Promise.reject(new DOMException('', 'NotAllowedError'));
      };
    });
    await talk(page);
    await button(page, 'Activer le son').click();
    await expect.poll(() => button(page, 'Activer le son').count()).toBe(0);
    expect(await page.locator('guichet-webchat audio').evaluate((audio: HTMLAudioElement) => audio.paused)).toBe(false);
  });

  it('finds its way again after an interruption', async () => {
    const page = await stage.visit(allowed);
    await page.addInitScript(() => {
      const connections: RTCPeerConnection[] = [];
      Object.assign(window, { connections });
      window.RTCPeerConnection = class extends RTCPeerConnection {
        constructor(...options: [RTCConfiguration?]) {
          super(...options);
          connections.push(this);
        }
      };
    });
    await page.reload();
    await launcher(page).click();
    await write(page, 'Bonjour');
    await expect.poll(() => stage.site.connections).toBe(1);
    const far = await talk(page);
    const before = stage.site.node.offer;
    await page.evaluate(() => {
      const [connection] = (window as unknown as { connections: RTCPeerConnection[] }).connections;
      if (!connection) return;
      // As it is said to be, seconds after a network is gone.
      Object.defineProperty(connection, 'connectionState', { value: 'disconnected', configurable: true });
      connection.dispatchEvent(new Event('connectionstatechange'));
      Reflect.deleteProperty(connection, 'connectionState');
    });
    await expect.poll(() => stage.site.node.requests).toEqual(['POST /media/whip', 'PATCH /media/whip/ses_1']);
    expect(stage.site.node.offer).not.toBe(before);
    const { energy } = await far.heard();
    await expect.poll(async () => (await far.heard()).energy).toBeGreaterThan(energy);
    await page.waitForTimeout(3_000); // by then it would have been said, and tried again
    expect(await card(page).getByText('La connexion est interrompue.').isVisible()).toBe(false);
    expect(stage.site.node.requests).toHaveLength(2);
  });

  it('says that the connection was lost', async () => {
    const page = await stage.visit(allowed);
    await page.clock.install();
    await launcher(page).click();
    await write(page, 'Bonjour');
    await expect.poll(() => stage.site.connections).toBe(1);
    const far = await talk(page);
    await far.vanish();
    await card(page).getByText('La connexion est interrompue.').waitFor({ timeout: 20_000 });
    await expectAccessible(page);
    await page.clock.fastForward(15_000);
    await card(page)
      .getByText(/^Appel terminé : la connexion a été perdue · \d\d:\d\d$/)
      .waitFor();
    await expect.poll(() => stage.site.ended).toHaveLength(1);
  });
});
