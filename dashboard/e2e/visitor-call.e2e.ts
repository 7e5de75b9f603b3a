import { expect, test } from 'vitest';
import { expectAccessible } from '../test/axe';
import { ConversationsPage } from './pages/conversations-page';
import { WidgetPage } from './pages/widget-page';
import { agentHz } from './stage/build';
import { hears, sounds } from './stage/ear';
import { openStage } from './stage/stage';

const stage = openStage();

/** An agent at the desk who has the conversation of a visitor. */
async function chatting(name: string) {
  const agent = await stage.ready('camille');
  const chats = new ConversationsPage(agent.page);
  const widget = new WidgetPage(await stage.visitor({ language: 'fr' }));
  await widget.open();
  await widget.page.getByText('Votre nom et votre e-mail (facultatif)').click();
  await widget.page.getByRole('textbox', { name: 'Nom' }).fill(name);
  await widget.button('Enregistrer').click();
  await widget.write('Vous pouvez m’appeler ?');
  await chats.popUp.getByText('Vous pouvez m’appeler ?').click();
  await chats.message('Vous pouvez m’appeler ?').waitFor();
  const mine = chats.button('Assign to me');
  if (await mine.isVisible()) await mine.click();
  await chats.composer.waitFor();
  return { agent, chats, widget, callButton: chats.button('Call the customer') };
}

test('S22 the phone icon rings in the page of a visitor; both hear each other and the chat goes on', async () => {
  const { agent, chats, widget, callButton } = await chatting('Nina');
  await callButton.click();
  await widget.call.getByText('Camille vous appelle').waitFor();
  await agent.call.shows('Nina', 'On your website');
  await expectAccessible(widget.page, 'the page while the widget rings');

  await widget.button('Répondre').click();
  await agent.call.connected();
  await hears(widget.page, agentHz);
  await expect.poll(() => sounds(agent.page)).toBe(true);
  await chats.reply('Voici le lien.');
  await widget.shows('Voici le lien.');
  await widget.write('Merci, je le vois.');
  await chats.message('Merci, je le vois.').waitFor();

  // Whether the page or the node closes the line first is a matter of milliseconds.
  stage.faults.expect(/404: DELETE \S+\/media\/whip/);
  await agent.call.end.click();
  await widget.call.getByText(/Appel terminé/).waitFor();
  await agent.call.gone();
  await chats.page.getByText('The customer was called').waitFor();
});

test('S22 a visitor declines, or hangs up, and the agent is free', async () => {
  const { agent, widget, callButton } = await chatting('Otis');
  await callButton.click();
  await widget.button('Refuser').click();
  await agent.call.gone();

  await callButton.click();
  await widget.button('Répondre').click();
  await agent.call.connected();
  await widget.button('Raccrocher').click();
  await agent.call.gone();
});

test('S22 an agent is told that the visitor has left the page', async () => {
  const { chats, widget, callButton } = await chatting('Pia');
  await widget.page.close();
  await expect.poll(() => callButton.getAttribute('aria-disabled')).toBe('true');
  await callButton.hover();
  await chats.page.getByText('The visitor isn’t on the page now.').locator('visible=true').first().waitFor();
});
