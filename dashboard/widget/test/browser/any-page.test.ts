import { describe, expect, it } from 'vitest';
import { expectAccessible } from '../../../test/axe';
import { field, launcher, log, Stage, write } from './stage';

const stage = new Stage();

describe('on any page', () => {
  it('neither takes the page’s styles nor gives any', async () => {
    const page = await stage.visit();
    const before = await page.locator('main').evaluate((main) => getComputedStyle(main).cssText);
    await launcher(page).click();
    const panel = page.getByRole('dialog', { name: 'Maison Lavande' });
    const style = await panel.evaluate((element) => {
      const { float, letterSpacing, textTransform, fontSize, textAlign, boxSizing } = getComputedStyle(element);
      return { float, letterSpacing, textTransform, fontSize, textAlign, boxSizing };
    });
    expect(style).toEqual({
      float: 'none',
      letterSpacing: 'normal',
      textTransform: 'none',
      fontSize: '16px',
      textAlign: 'start',
      boxSizing: 'border-box',
    });
    const box = await page.locator('guichet-webchat').evaluate((host) => {
      const { position, padding, float } = getComputedStyle(host);
      return { position, padding, float, inline: host.getAttribute('style') };
    });
    expect(box).toEqual({ position: 'fixed', padding: '0px', float: 'none', inline: null });
    expect(await page.locator('main').evaluate((main) => getComputedStyle(main).cssText)).toBe(before);
    expect(await page.evaluate(() => Object.keys(window).filter((name) => /guichet/i.test(name)))).toEqual(['Guichet']);
    expect(await page.context().cookies()).toEqual([]);
  });

  it('is worked by keyboard alone, and gives the focus back', async () => {
    const page = await stage.visit();
    await launcher(page).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => field(page).evaluate((element) => element.matches(':focus'))).toBe(true);
    expect(await launcher(page).getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.type('Bonjour');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('à tous');
    await page.keyboard.press('Enter');
    await expect.poll(() => stage.site.posts[0]?.text).toBe('Bonjour\nà tous');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').isVisible()).toBe(false);
    expect(await launcher(page).evaluate((element) => element.matches(':focus'))).toBe(true);
  });

  it('fills a phone’s screen and keeps the focus there', async () => {
    const page = await stage.visit({ viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true });
    await launcher(page).click();
    const panel = page.getByRole('dialog', { name: 'Maison Lavande' });
    expect(await panel.boundingBox()).toEqual({ x: 0, y: 0, width: 360, height: 640 });
    expect(await panel.getAttribute('aria-modal')).toBe('true');
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press('Tab');
      expect(
        await panel.evaluate((element) => element.contains((element.getRootNode() as ShadowRoot).activeElement)),
      ).toBe(true);
    }
    await expectAccessible(page);
  });

  it('is accessible, light and dark, closed and open', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await stage.visit({ colorScheme });
      await expectAccessible(page);
      await launcher(page).click();
      await write(page, 'Bonjour');
      await log(page).getByText('Envoyé').waitFor();
      stage.site.answer('Bonjour, que puis-je pour vous ?');
      await log(page).getByText('que puis-je').waitFor();
      await expectAccessible(page);
      stage.site.forget();
    }
  });

  it('speaks the language of the page, or the one that it is told', async () => {
    const page = await stage.visit({ locale: 'en' });
    expect(await launcher(page).getAttribute('aria-label')).toBe('Discuter avec Maison Lavande'); // the page is in French
    await page.route('**/demo.html', async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace('data-key', 'data-language="en" data-key');
      await route.fulfill({ response, body });
    });
    await page.reload();
    await launcher(page).click();
    await page.getByText('Good day!').waitFor();
    await page.getByRole('textbox', { name: 'Your message' }).waitFor();
  });

  it('works on the page of another site', async () => {
    const page = await stage.visit();
    await page.goto(`${stage.site.origin.replace('localhost', '127.0.0.1')}/shop`);
    await launcher(page).click();
    await page.getByRole('textbox', { name: 'Your message' }).fill('De près, et de loin');
    await page.keyboard.press('Enter');
    await page.getByText('Sent', { exact: true }).waitFor();
    await expect.poll(() => stage.site.connections).toBe(1);
    stage.site.answer('Hello there');
    await page.getByText('Hello there').waitFor();
    // The shop does not say in which encoding its page is, and does not have to.
    await log(page)
      .getByText(/^Camille · \d/)
      .waitFor();
  });

  it('can be opened by the page', async () => {
    const page = await stage.visit();
    await page.getByRole('button', { name: 'Une question ?' }).click();
    await field(page).waitFor();
    await page.evaluate(() => window.Guichet?.close());
    expect(await page.getByRole('dialog').isVisible()).toBe(false);
  });

  it('makes a sound only when asked to', async () => {
    const page = await stage.converse();
    await page.evaluate(() => {
      const heard: number[] = [];
      Object.assign(window, { heard });
      const { start } = OscillatorNode.prototype;
      OscillatorNode.prototype.start = function (...when) {
        heard.push(1);
        start.apply(this, when);
      };
    });
    const heard = () => page.evaluate(() => (window as unknown as { heard: number[] }).heard.length);
    await page.keyboard.press('Escape');
    stage.site.answer('un');
    await expect.poll(() => launcher(page).locator('.badge').textContent()).toBe('1');
    expect(await heard()).toBe(0);
    await launcher(page).click();
    await page.getByRole('button', { name: 'Son à l’arrivée d’un message' }).click();
    await page.keyboard.press('Escape');
    stage.site.answer('deux');
    await expect.poll(heard).toBe(1);
  });
});
