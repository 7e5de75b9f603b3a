import { describe, expect, it } from 'vitest';
import { expectAccessible } from '../../../test/axe';
import { bubbles, field, launcher, log, Stage, write } from './stage';

const stage = new Stage();

describe('trouble', () => {
  it('keeps what is written without a network, and sends it once and in order', async () => {
    const page = await stage.converse();
    await page.context().setOffline(true);
    await write(page, 'un');
    await write(page, 'deux');
    await page.getByText('Pas de connexion.').waitFor();
    await expect.poll(() => log(page).getByText('En attente d’envoi').count()).toBe(2);
    await page.context().setOffline(false);
    await expect.poll(() => stage.site.posts.map(({ text }) => text)).toEqual(['Bonjour', 'un', 'deux']);
    await expect.poll(() => log(page).getByText('En attente d’envoi').count()).toBe(0);
    expect(await bubbles(page)).toEqual(['Bonjour à vous !', 'Bonjour', 'un', 'deux']);
  });

  it('shows a message once whose answer was lost, also after a reload', async () => {
    const page = await stage.converse();
    stage.site.losing = true;
    await write(page, 'perdu ?');
    await expect.poll(() => stage.site.posts.length).toBeGreaterThan(1);
    await page.reload();
    stage.site.losing = false;
    await launcher(page).click();
    await expect.poll(() => bubbles(page)).toEqual(['Bonjour à vous !', 'Bonjour', 'perdu ?']);
    await expect.poll(() => log(page).getByText('En attente d’envoi').count()).toBe(0);
    expect(new Set(stage.site.posts.map(({ id }) => id)).size).toBe(2);
  });

  it('misses nothing while the realtime connection is broken', async () => {
    const page = await stage.converse();
    stage.site.deaf = true;
    stage.site.drop();
    await expect.poll(() => stage.site.connections).toBe(0);
    stage.site.answer('par la fenêtre');
    await log(page).getByText('par la fenêtre').waitFor(); // asked for now and then
    stage.site.answer('en attendant');
    stage.site.deaf = false;
    await expect.poll(() => stage.site.connections, { timeout: 30_000 }).toBe(1);
    stage.site.answer('par la porte');
    await expect
      .poll(() => bubbles(page))
      .toEqual(['Bonjour à vous !', 'Bonjour', 'par la fenêtre', 'en attendant', 'par la porte']);
  });

  it('says that it was too much at once, and goes on', async () => {
    const page = await stage.converse();
    stage.site.failing = { resource: 'messages', status: 429, slug: 'too-many-requests', retryAfter: 2 };
    await write(page, 'vite');
    await page.getByText('Cela fait beaucoup à la fois.').waitFor();
    stage.site.failing = undefined;
    await expect.poll(() => stage.site.posts.at(-1)?.text, { timeout: 10_000 }).toBe('vite');
    await expect.poll(() => page.getByText('Cela fait beaucoup à la fois.').isVisible()).toBe(false);
  });

  it('gives a refused message back', async () => {
    const page = await stage.converse();
    stage.site.failing = { resource: 'messages', status: 422, slug: 'file-missing' };
    await write(page, 'refusé');
    await log(page).getByText('Ce message n’a pas été accepté.').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Remettre dans le champ' }).click();
    expect(await field(page).inputValue()).toBe('refusé');
    stage.site.failing = undefined;
    await field(page).press('Enter');
    await expect.poll(() => stage.site.posts.at(-1)?.text).toBe('refusé');
  });

  it('begins anew when the centre has forgotten the visitor', async () => {
    const page = await stage.converse();
    stage.site.forget();
    await write(page, 'Encore moi');
    await expect.poll(() => stage.site.posts.at(-1)?.text).toBe('Encore moi');
    expect(stage.site.sessions).toBe(2);
  });

  it('shows nothing where the centre has no such widget', async () => {
    stage.site.failing = { resource: 'widget', status: 404, slug: 'widget-unknown' };
    const context = await stage.browser.newContext();
    const page = await context.newPage();
    const failed = page.waitForEvent('pageerror');
    await page.goto(`${stage.site.origin}/webchat/demo.html`);
    expect((await failed).message).toBe('widget-unknown');
    expect(await launcher(page).isVisible()).toBe(false);
  });
});
