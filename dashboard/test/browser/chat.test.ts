import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Chat } from '../../src/api/chat-model';
import { expectAccessible } from '../axe';
import { launchChromium } from '../chromium';
import { FakeCenter } from '../fake/fake-center';
import { signIn } from './browser';

let browser: Browser;
let center: FakeCenter;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

beforeEach(async () => {
  center = new FakeCenter();
  center.world.addChatQueues();
  await center.listen();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await center.close();
});

const field = (page: Page) => page.getByRole('textbox', { name: /^(Message|Votre message)$/ });
const bubble = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });
const row = (page: Page, name: string) => page.getByRole('option', { name: new RegExp(name) });
const open = (page: Page, chat: Chat, query = '') => page.goto(`${center.origin}/conversations/${chat.id}${query}`);
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** A customer who has written, and whose chat the agent holds. */
function held(change: Partial<Chat> = {}): Chat {
  const chat = center.chats.begin(change);
  center.chats.say(chat.id, 'My parcel is late');
  return center.chats.assign('agent-1', chat.id, { agentId: 'agent-1' });
}

async function inChat(change: Partial<Chat> = {}): Promise<{ page: Page; chat: Chat }> {
  const chat = held(change);
  const page = await signIn(browser, center, `/conversations/${chat.id}`);
  await bubble(page, 'My parcel is late').waitFor();
  return { page, chat };
}

async function write(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await page.keyboard.press('Enter');
}

describe('a conversation', () => {
  it('S17, S18 is received, taken, answered and read', async () => {
    const page = await signIn(browser, center, '/conversations');
    const chat = center.chats.begin();
    center.chats.say(chat.id, 'Where is my parcel?');
    await button(page, 'Unassigned (1)').click();
    await row(page, 'SMS.*Jeanne Martin').click();
    await bubble(page, 'Where is my parcel?').waitFor();
    await page.getByText('Nobody has this conversation yet.').waitFor();
    await expectAccessible(page);
    await button(page, 'Assign to me').first().click();
    await write(page, 'It is on its way.');
    await bubble(page, 'It is on its way.').getByText('Sent').waitFor();
    await expect.poll(() => center.chats.chat(chat.id).unread).toBe(0);
    center.chats.update(chat.id, { seenTo: new Date(Date.now() + 1000).toISOString() });
    await bubble(page, 'It is on its way.').getByText('Read').waitFor();
    center.tellTyping(chat.id);
    await page.getByText('The customer is typing…').waitFor();
    expect(center.heard).toContainEqual({ type: 'typing', chatId: chat.id });
    await button(page, 'Mine (1)').click();
    await row(page, 'You: It is on its way.').waitFor();
    await expectAccessible(page);
  });

  it('leaves the list of the unassigned when a colleague takes it', async () => {
    const page = await signIn(browser, center, '/conversations');
    await button(page, 'Unassigned (0)').click();
    const chat = center.chats.begin();
    center.chats.say(chat.id, 'Hello');
    await row(page, 'Jeanne Martin').waitFor();
    center.chats.assign('agent-2', chat.id, { agentId: 'agent-2' });
    await row(page, 'Jeanne Martin').waitFor({ state: 'detached' });
    await button(page, 'Unassigned (0)').waitFor();
  });

  it('says why a message failed, and tries it again', async () => {
    const { page } = await inChat();
    center.chats.outcome = { delivery: 'failed', failure: 'no-recipient' };
    await write(page, 'Are you there?');
    const sent = bubble(page, 'Are you there?');
    await sent.getByText('Not sent: the customer can’t be reached there.').waitFor();
    await expectAccessible(page);
    center.chats.outcome = { delivery: 'sent' };
    await sent.getByRole('button', { name: 'Try again' }).click();
    await sent.getByText('Sent', { exact: true }).waitFor();
  });

  it('P10 has private notes, which are plainly notes', async () => {
    const { page, chat } = await inChat();
    await button(page, 'Private note').click();
    await page.getByRole('textbox', { name: 'Private note' }).fill('Lost by the carrier');
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: 'Private note · You' }).getByText('Lost by the carrier').waitFor();
    expect(center.chats.messages.get(chat.id)?.at(-1)).toMatchObject({ kind: 'note', text: 'Lost by the carrier' });
  });

  it('is transferred to a colleague and to a queue', async () => {
    const { page, chat } = await inChat();
    await button(page, 'Transfer').click();
    const dialog = page.getByRole('dialog', { name: 'Transfer the conversation' });
    await dialog.getByRole('button', { name: /^Agent/ }).click();
    await expectAccessible(page);
    await page.getByRole('option', { name: /Noor Haddad/ }).click();
    await dialog.getByRole('button', { name: 'Transfer' }).click();
    await expect.poll(() => center.chats.chat(chat.id).agentId).toBe('agent-2');
    await page.getByText('Noor Haddad has this conversation.').waitFor();
    await button(page, 'Assign to me').first().click();
    await button(page, 'Transfer').click();
    await dialog.getByRole('radio', { name: 'Queue' }).check();
    await dialog.getByRole('button', { name: /^Queue/ }).click();
    await page.getByRole('option', { name: 'Social media' }).click();
    await dialog.getByRole('button', { name: 'Transfer' }).click();
    await expect.poll(() => center.chats.chat(chat.id).queueId).toBe('q-social');
    await page.getByText(/Social media by you|You moved the conversation to Social media/).waitFor();
  });

  it('is resolved, found again among the resolved ones, and reopened', async () => {
    const { page, chat } = await inChat();
    await button(page, 'Resolve').click();
    await page.getByText('This conversation is resolved. Reopen it to write.').waitFor();
    await button(page, 'Resolved').click();
    await row(page, 'Jeanne Martin').waitFor();
    await expectAccessible(page);
    await button(page, 'Reopen').first().click();
    await expect.poll(() => center.chats.chat(chat.id).state).toBe('unassigned');
    await row(page, 'Jeanne Martin').waitFor({ state: 'detached' });
  });

  it('S24 is tagged while it is open and when it is resolved, and found by its tag', async () => {
    const { page, chat } = await inChat();
    const add = async (tag: string) => {
      await button(page, '+ Add tag').click();
      await page.getByRole('combobox', { name: 'Tag name' }).fill(tag);
      await page.keyboard.press('Enter');
      await button(page, `Remove the tag ${tag}`).waitFor();
    };
    await add('refund');
    await button(page, 'Resolve').click();
    await button(page, 'Reopen').first().waitFor();
    await add('closed');
    expect(center.chats.chat(chat.id).tags).toEqual(['closed', 'refund']);
    await expectAccessible(page);
    await button(page, 'Remove the tag closed').click();
    await expect.poll(() => center.chats.chat(chat.id).tags).toEqual(['refund']);
    await open(page, chat, '?view=resolved&tag=refund');
    await row(page, 'Jeanne Martin').waitFor();
    await open(page, chat, '?view=resolved&tag=delivery');
    await page.getByText('No conversation matches.').waitFor();
  });

  it('shows every kind of message for what it is, and HTML as text', async () => {
    const { page, chat } = await inChat();
    const { chats } = center;
    const picture = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
    chats.files.set('file-1', { name: 'photo.gif', type: 'image/gif', bytes: picture });
    chats.say(chat.id, '<img src=x onerror=alert(1)> https://example.com/a');
    const first = chats.say(chat.id, {
      text: 'Look',
      attachments: [
        { id: 'file-1', name: 'photo.gif', type: 'image/gif', bytes: 40, state: 'stored' },
        { id: 'file-2', name: 'setup.exe', state: 'refused', reason: 'type' },
        { id: 'file-3', state: 'fetching' },
      ],
    });
    chats.change({ ...first, reactions: { us: '👍' }, editedAt: new Date().toISOString() });
    chats.say(chat.id, { text: 'As I said', replyTo: first.id });
    chats.say(chat.id, { location: { latitude: 48.85, longitude: 2.35, label: 'Home' } });
    chats.say(chat.id, { kind: 'unsupported', text: 'sticker' });
    chats.say(chat.id, { deleted: true });
    const log = page.getByRole('region', { name: 'Messages', exact: true });
    await log.getByText('<img src=x onerror=alert(1)>').waitFor();
    const link = log.getByRole('link', { name: 'https://example.com/a' });
    expect(await link.getAttribute('rel')).toContain('noopener');
    await log.getByRole('img', { name: 'photo.gif' }).waitFor();
    await log.getByText('setup.exe · File refused: this type isn’t allowed.').waitFor();
    for (const text of ['Receiving the file…', 'Edited', 'Home', 'can’t be shown here: sticker', 'was deleted by']) {
      await log.getByText(text).first().waitFor();
    }
    await bubble(page, 'As I said').getByText('Look').waitFor();
    await expectAccessible(page);
  });

  it('P10 counts segments and the time left to answer, and says when nothing may be sent', async () => {
    const { page, chat } = await inChat();
    await field(page).fill(`${'a'.repeat(161)}`);
    await page.getByText('2 SMS').waitFor();
    await page.getByText('GSM-7, 145 left').waitFor();
    await field(page).fill('l’été');
    await page.getByText('UCS-2, 65 left').waitFor();
    center.chats.update(chat.id, { optedOut: true });
    await page.getByText('The customer said STOP').waitFor();
    await expectAccessible(page);
    expect(await field(page).isDisabled()).toBe(true);
    const hours = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString();
    const window = { standardUntil: hours(23.5), humanUntil: hours(160) };
    center.chats.update(chat.id, { optedOut: false, channel: 'messenger', window });
    await page.getByText('23 h left to answer').waitFor();
    center.chats.update(chat.id, { window: { standardUntil: hours(-1), humanUntil: hours(140) } });
    await page.getByText('your answer goes out with the human-agent tag').waitFor();
    center.chats.update(chat.id, { window: { standardUntil: hours(-200), humanUntil: hours(-1) } });
    await page.getByText('The customer last wrote more than seven days ago').waitFor();
  });
});

describe('bridges', () => {
  it('S22 the phone icon calls the customer, or says why it cannot', async () => {
    const { page } = await inChat();
    await button(page, 'Call the customer').click();
    await page.getByText('You have no audio here, so no call was made.').waitFor();
    await expectAccessible(page);
  });

  it('S23 the video icon opens a meeting room beside the conversation, which can be ended', async () => {
    const { page, chat } = await inChat();
    const tab = page.context().waitForEvent('page');
    await button(page, 'Open a meeting room').click();
    await (await tab).waitForURL(/#host$/);
    await button(page, 'End the meeting').click();
    await button(page, 'Open a meeting room').waitFor();
    expect(center.chats.chat(chat.id).roomId).toBe('');
  });
});

describe('writing', () => {
  it('S31, S32 a canned message comes by its shortcut, is edited, sent, and stays as it was', async () => {
    center.chats.saveCanned('lead-1', {
      title: 'Opening hours',
      text: 'We open at 9.',
      shortcut: 'hours',
      public: true,
    });
    center.chats.saveCanned('agent-1', { title: 'Thanks', text: 'Thank you!', shortcut: 'thx' });
    const { page, chat } = await inChat();
    await field(page).pressSequentially('Hello. /ho');
    await page.getByRole('option', { name: /Opening hours/ }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    expect(await field(page).inputValue()).toBe('Hello. We open at 9.');
    await field(page).pressSequentially(' Sharp! /th');
    await page.keyboard.press('Enter');
    expect(await field(page).inputValue()).toBe('Hello. Thank you! Sharp!');
    await field(page).fill('Hello. Thanks a lot!');
    await button(page, 'Canned messages').click();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('One canned message at a time').waitFor();
    await page.keyboard.press('Enter');
    await bubble(page, 'Hello. Thanks a lot!').getByText('Sent').waitFor();
    expect(center.chats.messages.get(chat.id)?.at(-1)?.text).toBe('Hello. Thanks a lot!');
    expect(center.chats.canned.map(({ text }) => text)).toEqual(['We open at 9.', 'Thank you!']);
  });

  it('goes on while the server cannot be reached: in order, once each, and kept over a reload', async () => {
    const { page, chat } = await inChat();
    center.failing = 503;
    center.dropConnections();
    for (const text of ['first', 'second', 'third']) await write(page, text);
    await bubble(page, 'third').getByText('Waiting for the network').waitFor();
    await page.getByText('You’re offline. What you send goes out when you’re back.').waitFor();
    await field(page).fill('a draft');
    await page.reload();
    center.failing = undefined;
    await bubble(page, 'third').getByText('Sent', { exact: true }).waitFor();
    const sent = center.chats.messages.get(chat.id)?.filter(({ from }) => from === 'agent');
    expect(sent?.map(({ text }) => text)).toEqual(['first', 'second', 'third']);
    expect(await field(page).inputValue()).toBe('a draft');
    await page.getByText('third').first().waitFor();
    expect(await bubble(page, 'third').count()).toBe(1);
  });

  it('takes files that are allowed, says why it takes no others, and uploads them', async () => {
    const { page, chat } = await inChat();
    const choose = async (name: string, mimeType: string, size: number) => {
      const chooser = page.waitForEvent('filechooser');
      await button(page, 'Attach files').click();
      await (await chooser).setFiles({ name, mimeType, buffer: Buffer.alloc(size, 1) });
    };
    await choose('setup.exe', 'application/x-msdownload', 10);
    await page.getByText('setup.exe: this type of file can’t be sent.').waitFor();
    await choose('huge.pdf', 'application/pdf', 1_000_001);
    await page.getByText('huge.pdf is too large').waitFor();
    await expectAccessible(page);
    await choose('bill.pdf', 'application/pdf', 2048);
    await page.getByRole('list', { name: 'Files' }).getByText('bill.pdf').waitFor();
    await expect.poll(() => [...center.chats.files.values()].map(({ bytes }) => bytes.length)).toEqual([2048]);
    await button(page, 'Remove bill.pdf').waitFor();
    await field(page).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Download bill.pdf' }).waitFor();
    expect(center.chats.messages.get(chat.id)?.at(-1)?.attachments).toHaveLength(1);
  });
});

describe('what comes while the agent is elsewhere', () => {
  it.each([
    ['S18', 'sms', 'SMS', 'q-messages', 'Messages'],
    ['S19', 'webchat', 'Webchat', 'q-messages', 'Messages'],
    ['S20', 'messenger', 'Facebook Messenger', 'q-social', 'Social media'],
    ['S21', 'instagram', 'Instagram', 'q-social', 'Social media'],
  ])(
    'S15, %s a pop-up tells of a message by %s on any page, and opens it',
    async (_, channel, name, queueId, queue) => {
      const page = await signIn(browser, center, '/settings');
      const toggle = page.getByRole('checkbox', { name: 'Use keyboard shortcuts' });
      await toggle.focus();
      const chat = center.chats.begin({ channel, queueId, customer: { id: 'someone', name: 'Jeanne Martin' } });
      center.chats.say(chat.id, 'Is anybody there?');
      const popup = page.getByRole('complementary', { name: 'New message' });
      for (const text of ['Jeanne Martin', queue, 'Is anybody there?', '1 unread conversation']) {
        await popup.getByText(text, { exact: true }).waitFor();
      }
      await popup.getByText(name, { exact: true }).waitFor({ state: 'attached' });
      expect(await toggle.evaluate((element) => element === document.activeElement)).toBe(true);
      await page.getByRole('status').getByText('New message from Jeanne Martin').waitFor({ state: 'attached' });
      expect(await page.title()).toMatch(/^\(1\) /);
      await expectAccessible(page);
      await popup.getByRole('button', { name: /Jeanne Martin/ }).press('Enter');
      await bubble(page, 'Is anybody there?').waitFor();
      await popup.waitFor({ state: 'detached' });
      await expect.poll(() => center.chats.chat(chat.id).unread).toBe(0);
    },
  );

  it('S15 it counts the chats, can be put away, and says nothing of the chat being looked at', async () => {
    const { page, chat } = await inChat();
    const popup = page.getByRole('complementary', { name: 'New message' });
    center.chats.say(chat.id, 'More');
    await bubble(page, 'More').waitFor();
    expect(await popup.count()).toBe(0);
    for (const name of ['Ali', 'Zoé']) {
      const other = center.chats.begin({ channel: 'webchat', customer: { id: name, name } });
      center.chats.say(other.id, `I am ${name}`);
    }
    await popup.getByText('2 unread conversations').waitFor();
    await popup.getByText('Zoé', { exact: true }).waitFor();
    await popup.getByRole('button', { name: 'Dismiss' }).click();
    await popup.waitFor({ state: 'detached' });
    await page.getByRole('listitem').filter({ hasText: 'Conversations' }).getByText('2', { exact: true }).waitFor();
  });

  it('S16 the message tone is chosen in the settings and sounds once a message', async () => {
    const page = await signIn(browser, center, '/settings');
    await page.getByRole('heading', { name: 'Voice' }).waitFor();
    await page.evaluate(() => {
      const start = AudioBufferSourceNode.prototype.start;
      const played: number[] = [];
      Object.assign(window, { played });
      AudioBufferSourceNode.prototype.start = function (...args) {
        played.push(this.buffer?.duration ?? 0);
        return start.apply(this, args);
      };
    });
    const played = () => page.evaluate(() => (window as unknown as { played: number[] }).played.length);
    await page.getByRole('button', { name: /^Message tone/ }).click();
    await page.getByRole('option', { name: 'Bell' }).click();
    await expect.poll(played).toBe(1);
    await button(page, 'Play the message tone').click();
    await expect.poll(played).toBe(2);
    const chat = center.chats.begin();
    center.chats.say(chat.id, 'One');
    await expect.poll(played).toBe(3);
    await page.getByRole('button', { name: /^Message tone/ }).click();
    await page.getByRole('option', { name: 'None' }).click();
    center.chats.say(chat.id, 'Two');
    await page.getByRole('complementary', { name: 'New message' }).getByText('Two').waitFor();
    expect(await played()).toBe(3);
    await expectAccessible(page);
  });
});

describe('the settings', () => {
  it('S29, S30 canned messages are added, changed and deleted; those of others are only seen', async () => {
    center.chats.saveCanned('lead-1', {
      title: 'Opening hours',
      text: 'We open at 9.',
      shortcut: 'hours',
      public: true,
    });
    const page = await signIn(browser, center, '/desk');
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'Canned messages' }).click();
    const hours = page.getByRole('row', { name: /Opening hours/ });
    await hours.getByText('Public').waitFor();
    expect(await hours.getByRole('button').count()).toBe(0);
    center.chats.saveCanned('agent-1', { title: 'Thanks', text: 'Thank you!', shortcut: 'thx' });
    await button(page, '+ Add new canned message').click();
    const form = page.getByRole('dialog', { name: 'New canned message' });
    await form.getByRole('textbox', { name: 'Title' }).fill('Refund');
    await form.getByRole('textbox', { name: 'Text' }).fill('Your money is on its way.');
    await form.getByRole('textbox', { name: 'Shortcut' }).fill('thx');
    await form.getByRole('combobox', { name: 'Categories' }).fill('Money');
    await page.keyboard.press('Enter');
    await button(page, 'Save').click();
    await form.getByText('Another canned message has this shortcut.').waitFor();
    await expectAccessible(page);
    await form.getByRole('textbox', { name: 'Shortcut' }).fill('refund');
    await button(page, 'Save').click();
    await form.waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /Refund.*\/refund.*Money.*Yours/ }).waitFor();
    await button(page, 'Edit: Refund').click();
    await page.getByRole('textbox', { name: 'Title' }).fill('Money back');
    await button(page, 'Save').click();
    await expectAccessible(page);
    await button(page, 'Delete: Money back').click();
    await button(page, 'Delete').click();
    await page.getByRole('row', { name: /Money back/ }).waitFor({ state: 'detached' });
    expect(center.chats.canned.map(({ title }) => title).sort()).toEqual(['Opening hours', 'Thanks']);
  });

  it('show admins what was set aside, as text', async () => {
    center.world.addAgent('admin-1', 'Alix Petit', 'admin');
    center.provider.person = 'admin-1';
    center.chats.setAside = [
      { id: 's1', channel: 'messenger', at: new Date().toISOString(), reason: 'no queue', payload: '<b>x</b>' },
    ];
    const page = await signIn(browser, center, '/settings');
    await page.getByRole('link', { name: 'Set-aside messages' }).click();
    await page.getByText('no queue').waitFor();
    await page.getByRole('button', { name: 'What was delivered' }).click();
    await page.getByText('<b>x</b>').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: /^Delete: Facebook Messenger/ }).click();
    await page.getByText('Nothing has been set aside.').waitFor();
    expect(center.chats.setAside).toEqual([]);
  });
});

describe('much of it', () => {
  const lines = (page: Page) => page.locator('.thread-lines > li');

  it('a thread of 5,000 messages has few of them in the document, and goes back to its beginning', async () => {
    const chat = held();
    center.chats.fill(chat.id, 5000);
    const page = await signIn(browser, center, `/conversations/${chat.id}`);
    await bubble(page, 'Line 5000').waitFor();
    expect(await lines(page).count()).toBeLessThan(60);
    const thread = page.getByRole('region', { name: 'Messages', exact: true });
    for (let i = 0; i < 5; i++) {
      const top = await thread.evaluate((element) => element.scrollTop);
      await thread.evaluate((element) => element.scrollTo(0, 0));
      await expect
        .poll(() => thread.evaluate((element) => element.scrollTop), { message: `${top}` })
        .toBeGreaterThan(100);
      expect(await lines(page).count()).toBeLessThan(60);
    }
    await button(page, 'Newest messages').click();
    await bubble(page, 'Line 5000').waitFor();
    center.chats.say(chat.id, 'the very last');
    await bubble(page, 'the very last').waitFor();
    await expectAccessible(page);
  });

  it('what is being read stays where it is while others write, and is counted', async () => {
    const chat = held();
    center.chats.fill(chat.id, 200);
    const page = await signIn(browser, center, `/conversations/${chat.id}`);
    await bubble(page, 'Line 200').waitFor();
    const thread = page.getByRole('region', { name: 'Messages', exact: true });
    await thread.hover();
    await page.mouse.wheel(0, -900);
    await button(page, 'Newest messages').waitFor();
    const top = await thread.evaluate((element) => element.scrollTop);
    center.chats.say(chat.id, 'news');
    await button(page, '1 new message').waitFor();
    expect(Math.abs((await thread.evaluate((element) => element.scrollTop)) - top)).toBeLessThan(3);
    await button(page, '1 new message').click();
    await bubble(page, 'news').waitFor();
  });

  it('200 conversations are a short document, and the keys go through them', async () => {
    for (let i = 0; i < 200; i++) {
      const chat = center.chats.begin({ customer: { id: `c${i}`, name: `Customer ${i}` } });
      center.chats.say(chat.id, 'Hello');
    }
    const page = await signIn(browser, center, '/conversations');
    await button(page, 'Unassigned (200)').click();
    const list = page.getByRole('listbox', { name: 'Conversations' });
    await row(page, 'Customer 0').first().waitFor();
    expect(await page.getByRole('option').count()).toBeLessThan(40);
    await list.focus();
    await page.keyboard.press('End');
    await row(page, 'Customer 199').waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Customer 198' }).waitFor();
    expect(await list.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.getByRole('searchbox').fill('customer 17');
    await expect.poll(() => page.getByRole('option').count()).toBe(11);
    await expectAccessible(page);
  });
});

describe('looks', () => {
  it.each([
    ['French, dark', { language: 'fr', dark: true }],
    ['French, narrow', { language: 'fr', width: 400 }],
    ['English, narrow, dark', { width: 400, dark: true }],
  ] as const)('%s: every page of conversations is accessible, and none scrolls sideways', async (_, look) => {
    const chat = held({ tags: ['refund'] });
    center.chats.send('agent-1', chat.id, { id: 'ms_note', kind: 'note', text: 'Note' });
    center.chats.outcome = { delivery: 'failed', failure: 'refused' };
    center.chats.send('agent-1', chat.id, { id: 'ms_text', kind: 'text', text: 'Text' });
    center.chats.saveCanned('agent-1', { title: 'Thanks', text: 'Thank you!', shortcut: 'thx' });
    const other = center.chats.begin({ channel: 'instagram', customer: { id: 'x', name: 'Zoé' } });
    const page = await signIn(browser, center, '/', look);
    center.chats.say(other.id, 'Coucou');
    for (const path of ['/conversations', `/conversations/${chat.id}`, '/settings/canned-messages', '/settings']) {
      await page.goto(center.origin + path);
      await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
      if (path.includes(chat.id)) await bubble(page, 'My parcel is late').waitFor();
      center.chats.say(other.id, `Coucou ${path}`);
      await page.getByRole('complementary', { name: /^(New message|Nouveau message)$/ }).waitFor();
      await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(
        0,
      );
    }
  });
});
