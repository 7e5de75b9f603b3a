import { expect, test } from 'vitest';
import type { Chat } from '../src/api/chat-model';
import { expectAccessible } from '../test/axe';
import { WidgetPage } from './pages/widget-page';
import { type Person, sessionOf } from './stage/session';
import { openStage } from './stage/stage';

const stage = openStage();

const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function visitor(): Promise<WidgetPage> {
  const widget = new WidgetPage(await stage.visit('/webchat/demo.html', { language: 'fr' }));
  await widget.open();
  return widget;
}

async function agent(id: string): Promise<Person> {
  const desk = await stage.signIn(id);
  return sessionOf(desk.page, id);
}

/** Takes the visitor's chat over. */
async function takeOver(person: Person, name: string): Promise<Chat> {
  const { chats } = (await (await person.request('GET', '/api/chats')).json()) as { chats: Chat[] };
  const chat = chats.find(({ customer }) => customer.name === name);
  if (!chat) throw new Error(`no chat with ${name}`);
  const answer = await person.request('POST', `/api/chats/${chat.id}/assign`, { agentId: person.id });
  expect(answer.status).toBe(200);
  return chat;
}

let sent = 0;

async function reply(person: Person, chat: Chat, text: string): Promise<void> {
  const time = Date.now();
  let id = '';
  for (let rest = time, i = 0; i < 10; i++, rest = Math.floor(rest / 32))
    id = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[rest % 32] + id;
  id = `ms_${id}${String(++sent).padStart(16, '0')}`;
  const answer = await person.request('POST', `/api/chats/${chat.id}/messages`, { id, kind: 'text', text, files: [] });
  expect(answer.ok, await answer.text()).toBe(true);
}

test('S19 a visitor of a strict page writes, sends a picture, loses the network and is answered', async () => {
  const camille = await agent('camille');
  const widget = await visitor();
  await widget.page.getByText('Votre nom et votre e-mail (facultatif)').click();
  await widget.page.getByRole('textbox', { name: 'Nom' }).fill('Jeanne');
  await widget.page.getByRole('button', { name: 'Enregistrer' }).click();
  await widget.page.getByText('Vos coordonnées sont enregistrées.').waitFor();
  await widget.write('Où est mon <b>bouquet</b> ?');
  await widget.shows('Envoyé');

  const chat = await takeOver(camille, 'Jeanne');
  await widget.shows('Chez un conseiller');
  await widget.page.getByText('Vous discutez avec Camille.').waitFor();
  await reply(camille, chat, 'Il arrive !');
  await widget.shows('Il arrive !');

  await widget.attach('rose.png', 'image/png', dot);
  await widget.write('Comme ceci ?');
  await widget.log.getByRole('img', { name: 'Image : rose.png' }).waitFor();

  await widget.page.context().setOffline(true);
  await widget.write('Allô ?');
  await widget.shows('En attente d’envoi');
  await reply(camille, chat, 'Exactement.');
  await widget.page.context().setOffline(false);
  await widget.shows('Exactement.');
  await expect.poll(() => widget.log.getByText('En attente d’envoi').count()).toBe(0);
  await expectAccessible(widget.page, 'the page with the chat open');

  await widget.page.reload();
  await widget.open();
  await widget.shows('Allô ?');
  const texts = await widget.log.locator('.bubble').allTextContents();
  expect(texts.slice(1)).toHaveLength(5);
});
