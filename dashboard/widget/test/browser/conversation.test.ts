import { describe, expect, it } from 'vitest';
import { expectAccessible } from '../../../test/axe';
import { bubbles, field, launcher, log, Stage, write } from './stage';

const stage = new Stage();

describe('a conversation', () => {
  it('S19 goes both ways, with ticks, typing and the agent’s name', async () => {
    const page = await stage.visit();
    expect(stage.site.sessions).toBe(0); // looking leaves nothing
    await launcher(page).click();
    await expect.poll(() => log(page).textContent()).toContain('Bonjour à vous !');
    await write(page, 'Êtes-vous <b>ouverts</b> ?');
    await log(page).getByText('Envoyé').waitFor();
    expect(await bubbles(page)).toContain('Êtes-vous <b>ouverts</b> ?');
    await expect.poll(() => stage.site.connections).toBe(1);
    stage.site.change({ held: true, agent: 'Camille' });
    await log(page).getByText('Chez un conseiller').waitFor();
    await page.getByText('Vous discutez avec Camille.').waitFor();
    stage.site.type();
    await log(page).getByText('Camille écrit…').waitFor();
    const reply = stage.site.answer('Oui, jusqu’à 18 h.');
    await log(page).getByText('Oui, jusqu’à 18 h.').waitFor();
    await expect.poll(() => log(page).getByText('Camille écrit…').isVisible()).toBe(false);
    await expect.poll(() => stage.site.read.at(-1)?.seen).toBe(reply.key);
    stage.site.change({ readTo: stage.site.messages[0]?.key ?? '' });
    await log(page).getByText('Lu').waitFor();
    await field(page).pressSequentially('Mer');
    await expect.poll(() => stage.site.typed).toBe(1);
    await expectAccessible(page);
  });

  it('goes on after a reload, and counts what came meanwhile', async () => {
    const page = await stage.converse();
    await page.keyboard.press('Escape');
    stage.site.answer('Une minute…');
    await expect
      .poll(() => launcher(page).getAttribute('aria-label'))
      .toBe('Discuter avec Maison Lavande, messages non lus : 1');
    await page.reload();
    await expect.poll(() => launcher(page).locator('.badge').textContent()).toBe('1');
    expect(await page.title()).toBe('Maison Lavande');
    await launcher(page).click();
    await expect.poll(() => bubbles(page)).toEqual(['Bonjour à vous !', 'Bonjour', 'Une minute…']);
    expect(stage.site.sessions).toBe(1);
  });

  it('has days and earlier pages', async () => {
    const page = await stage.converse();
    for (let i = 0; i < 60; i++)
      stage.site.answerSilently(`il y a longtemps ${i}`, new Date(Date.UTC(2026, 0, 1, 12, 0, i)));
    stage.site.answerSilently('hier', new Date(Date.now() - 86_400_000));
    await page.reload();
    await launcher(page).click();
    await log(page).getByText('Hier', { exact: true }).waitFor();
    await log(page).getByText('Aujourd’hui').waitFor();
    expect(await log(page).getByText('il y a longtemps 5', { exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Messages précédents' }).click();
    await log(page).getByText('il y a longtemps 5', { exact: true }).waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Messages précédents' }).isVisible()).toBe(false);
    const texts = await bubbles(page);
    expect(texts.filter((text) => text.startsWith('il y a'))).toHaveLength(60);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('takes pictures and files, and shows them', async () => {
    const page = await stage.converse();
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    await page.route('**/objects/**', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await route.continue();
    });
    const pick = page.locator('guichet-webchat input[type=file]');
    await pick.setInputFiles([
      { name: 'rose.png', mimeType: 'image/png', buffer: png },
      { name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('bonjour') },
    ]);
    await page.getByRole('button', { name: 'Envoyer' }).click(); // while the files are still on their way
    await log(page).getByRole('img', { name: 'Image : rose.png' }).waitFor();
    await log(page)
      .getByRole('button', { name: /note\.txt/ })
      .waitFor();
    expect(stage.site.posts.at(-1)?.files).toHaveLength(2);
    await field(page).fill('Mon texte');
    await pick.setInputFiles({ name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('<p>') });
    await page.getByRole('alert').getByText('page.html est d’un type que nous ne pouvons pas recevoir.').waitFor();
    await pick.setInputFiles({ name: 'gros.txt', mimeType: 'text/plain', buffer: Buffer.alloc(1001) });
    await page
      .getByRole('alert')
      .getByText('gros.txt est trop volumineux : un fichier peut faire jusqu’à 1 ko.')
      .waitFor();
    expect(await field(page).inputValue()).toBe('Mon texte');
  });

  it('keeps name and e-mail, if given', async () => {
    const page = await stage.visit();
    await launcher(page).click();
    await page.getByText('Votre nom et votre e-mail (facultatif)').click();
    await page.getByRole('textbox', { name: 'Nom' }).fill('Jeanne');
    await page.getByRole('textbox', { name: 'E-mail' }).fill('jeanne');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Ce n’est pas une adresse e-mail. Rien n’a été modifié.').waitFor();
    await page.getByRole('textbox', { name: 'E-mail' }).fill('jeanne@example.org');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Vos coordonnées sont enregistrées.').waitFor();
    await expectAccessible(page);
    await write(page, 'Bonjour');
    await expect.poll(() => stage.site.posts[0]).toMatchObject({ name: 'Jeanne', email: 'jeanne@example.org' });
  });
});
