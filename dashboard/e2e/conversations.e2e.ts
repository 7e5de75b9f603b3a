import { expect, test } from 'vitest';
import { ConversationsPage } from './pages/conversations-page';
import { incomingCall } from './pages/simulator-page';
import { Texting } from './pages/texting';
import { agentHz } from './stage/build';
import { hears, sounds } from './stage/ear';
import { openStage } from './stage/stage';

const stage = openStage();

/** Numbers from the range that the regulator keeps for fiction, one a test: a conversation lasts as long as its centre. */
let customers = 0;
const number = () => `+3363998${String(1000 + customers++).padStart(4, '0')}`;

/** An agent who takes what comes, and their conversations. */
async function agent(id = 'camille', look = {}) {
  const desk = await stage.ready(id, look);
  return { desk, chats: new ConversationsPage(desk.page, desk.language) };
}

test('S15 S17 S18 a text message pops up wherever the agent is, and is answered in the conversation', async () => {
  const { desk, chats } = await agent();
  await desk.page.goto(`${stage.origin}/settings`);
  const customer = await Texting.open(stage.origin, 'sms', number());
  await customer.writes('Bonjour, où est ma commande ?');

  await chats.popUp.getByText('Messages', { exact: true }).waitFor(); // the queue
  await chats.popUp.getByRole('img', { name: 'SMS' }).or(chats.popUp.getByText('SMS')).first().waitFor();
  await chats.popUp.getByText('1 unread conversation').waitFor();
  const popUp = await chats.popUp.boundingBox();
  expect(popUp?.x).toBeLessThan(100);
  expect((popUp?.y ?? 0) + (popUp?.height ?? 0), 'above the lines').toBeGreaterThan(640);

  await chats.popUp.getByText('où est ma commande').click();
  await chats.message('où est ma commande').waitFor();
  await chats.popUp.waitFor({ state: 'detached' });
  await chats.reply('Bonjour, je regarde tout de suite.');
  await customer.reads('Bonjour, je regarde tout de suite.');
  await chats.message('je regarde').getByText('Delivered').waitFor();
  expect(await customer.messages()).toHaveLength(2);
});

for (const [row, channel, name, queue] of [
  ['S20', 'messenger', 'Facebook Messenger', 'Messages'],
  ['S21', 'instagram', 'Instagram', 'Sales chat'],
] as const) {
  test(`${row} ${name}: the name, the bubble and the queue; read, answered, and seen`, async () => {
    const { chats } = await agent();
    const customer = await Texting.open(stage.origin, channel, '', `Léa ${name}`);
    await customer.writes('Hello from my telephone');
    await chats.popUp.getByText(`Léa ${name}`).waitFor();
    await chats.popUp.getByText(queue, { exact: true }).waitFor();
    await chats.popUp.getByText('Hello from my telephone').click();
    await chats.message('Hello from my telephone').waitFor();
    if (queue === 'Sales chat') await chats.button('Assign to me').first().click(); // picked by the agents
    await chats.reply('Hello Léa');
    await customer.reads('Hello Léa');
    await customer.act('read');
    await chats.message('Hello Léa').getByText('Read', { exact: true }).waitFor();
  });
}

test('I8 a provider that repeats itself, and a customer who takes a message back', async () => {
  const { chats } = await agent();
  const customer = await Texting.open(stage.origin, 'instagram', '', 'Noé Repeats');
  const first = await customer.writes('Once only');
  await customer.repeats();
  await customer.writes('And this');
  await chats.popUp.getByText('And this').click();
  await chats.message('And this').waitFor();
  expect(await chats.message('Once only').count()).toBe(1);
  await customer.act('unsend', { message: first.id });
  await chats.page.getByText('This message was deleted by its sender.').waitFor();
  expect(await chats.message('Once only').count()).toBe(0);
});

test('S16 the message tone is the one that was chosen, and none when none is', async () => {
  const { desk, chats } = await agent();
  await desk.page.goto(`${stage.origin}/settings`);
  await desk.page.getByRole('button', { name: /^Message tone/ }).click();
  await desk.page.getByRole('option', { name: 'Bell' }).click();
  const customer = await Texting.open(stage.origin, 'sms', number());
  await expect.poll(() => sounds(desk.page), { message: 'the sample dies away' }).toBe(false);
  await customer.writes('Ding');
  await expect.poll(() => sounds(desk.page)).toBe(true);
  await chats.popUp.getByText('Ding').waitFor();

  await desk.page.getByRole('button', { name: /^Message tone/ }).click();
  await desk.page.getByRole('option', { name: 'None' }).click();
  await expect.poll(() => sounds(desk.page)).toBe(false);
  await customer.writes('Hush');
  await chats.popUp.getByText('Hush').waitFor();
  expect(await sounds(desk.page)).toBe(false);
});

test('S24 tags organise active and resolved conversations', async () => {
  const { chats } = await agent();
  const from = number();
  const customer = await Texting.open(stage.origin, 'sms', from);
  await customer.writes('About my refund');
  await chats.popUp.getByText('About my refund').click();
  await chats.addTag('refund');
  await chats.button('Resolve').click();
  await chats.button('Reopen').first().waitFor();
  await chats.addTag('done');

  await chats.list('resolved');
  const row = chats.row('About my refund');
  await row.getByText('refund', { exact: true }).waitFor();
  await chats.page.getByRole('button', { name: /^Filters/ }).click();
  await chats.page.getByRole('button', { name: /^Tag/ }).click();
  await chats.page.getByRole('option', { name: 'refund', exact: true }).click();
  await row.waitFor();

  await customer.writes('One more thing'); // reopens it
  await chats.message('One more thing').waitFor();
  await chats.button('Resolve').waitFor();
});

test('S17 P10 notes stay with colleagues; a conversation goes to a colleague and to a queue', async () => {
  const { chats } = await agent();
  const alex = await agent('alex');
  const customer = await Texting.open(stage.origin, 'messenger', '', 'Ada Transfers');
  await customer.writes('Who is there?');
  const [holder, colleague] = (await chats.popUp
    .getByText('Who is there?')
    .isVisible()
    .catch(() => false))
    ? [chats, alex.chats]
    : [chats, alex.chats];
  await holder.open();
  await colleague.open();
  const mine = async (page: ConversationsPage) => (await page.row('Ada Transfers').count()) > 0;
  await expect.poll(async () => (await mine(holder)) || (await mine(colleague))).toBe(true);
  const [first, second] = (await mine(holder)) ? [holder, colleague] : [colleague, holder];
  const other = second === chats ? 'Camille Martin' : 'Alex Morgan';

  await first.row('Ada Transfers').click();
  await first.button('Private note').click();
  await first.reply('She has called twice already');
  await first.message('She has called twice already').waitFor();

  await first.button('Transfer').click();
  const dialog = first.page.getByRole('dialog');
  await dialog
    .getByRole('button', { name: /Choose|Agent/ })
    .last()
    .click();
  await first.page.getByRole('option', { name: other }).click();
  await dialog.getByRole('button', { name: 'Transfer', exact: true }).click();
  await second.row('Ada Transfers').click();
  await second.message('She has called twice already').waitFor();
  await second.button('Message').click();
  await second.reply('I am, how can I help?');
  await customer.reads('I am, how can I help?');
  expect((await customer.messages()).map(({ text }) => text)).not.toContain('She has called twice already');
});

test('S22 the phone icon turns a text into a call: ringback, then both hear each other, the conversation beside', async () => {
  const { desk, chats } = await agent();
  const telephone = await stage.customer();
  const customer = await Texting.open(stage.origin, 'sms', number());
  await customer.writes('Can you call me?');
  await chats.popUp.getByText('Can you call me?').click();
  await chats.message('Can you call me?').waitFor();
  await chats.button('Call the customer').click();
  await desk.call.heading('Outgoing call').waitFor();
  await expect.poll(() => sounds(desk.page), { message: 'the ringback tone' }).toBe(true);

  const call = await incomingCall(telephone.page);
  await call.answer();
  await desk.call.connected();
  await hears(desk.page, 440);
  await call.hears(agentHz);
  await chats.message('Can you call me?').waitFor();
  await chats.reply('It was good to talk');
  await customer.reads('It was good to talk');
  await desk.call.end.click();
  await call.ended();
  await chats.page.getByText(/The customer was called by you/).waitFor();

  await chats.button('Call the customer').click();
  const second = await incomingCall(telephone.page);
  await second.decline();
  await desk.call.heading('Outgoing call').waitFor({ state: 'detached' });
});

test('P10 STOP is honoured and shown, and START lets us write again', async () => {
  const { chats } = await agent();
  const customer = await Texting.open(stage.origin, 'sms', number());
  await customer.writes('Hello');
  await chats.popUp.getByText('Hello').click();
  await chats.message('Hello').waitFor();
  await customer.writes('STOP');
  await chats.page.getByText('The customer said STOP: nothing may be sent').waitFor();
  await customer.writes('START');
  await chats.page.getByText('The customer said STOP: nothing may be sent').waitFor({ state: 'detached' });
  await chats.reply('Welcome back');
  await customer.reads('Welcome back');
});

test('P10 Meta’s window is counted down, then tagged, then closed', async () => {
  const { chats } = await agent();
  const hour = 3600;
  const late = await Texting.open(stage.origin, 'messenger', '', 'Lou Late');
  await late.writes('Yesterday morning', { ageSeconds: 30 * hour });
  await chats.open();
  await chats.row('Lou Late').click();
  await chats.page.getByText('Over 24 hours: your answer goes out with the human-agent tag.').waitFor();
  await chats.reply('Sorry for the wait');
  await late.reads('Sorry for the wait');

  const gone = await Texting.open(stage.origin, 'messenger', '', 'Gil Gone');
  await gone.writes('Last week', { ageSeconds: 8 * 24 * hour });
  await chats.row('Gil Gone').click();
  await chats.page.getByText('The customer last wrote more than seven days ago').waitFor();
});

test('a message that the provider refuses says why, and is tried again', async () => {
  const { chats } = await agent();
  const customer = await Texting.open(stage.origin, 'messenger', '', 'Fay Fault');
  await customer.writes('Are you there?');
  await chats.popUp.getByText('Are you there?').click();
  await chats.message('Are you there?').waitFor();
  await Texting.failNext(stage.origin, 'messenger', 'blocked', 1);
  await chats.reply('Yes, we are');
  const failed = chats.message('Yes, we are');
  await failed.getByText(/Not sent/).waitFor();
  await failed.getByRole('button', { name: 'Try again' }).click();
  await customer.reads('Yes, we are');
  expect((await customer.messages()).filter(({ text }) => text === 'Yes, we are')).toHaveLength(1);
});

test('S18 pictures are shown, and what may not be here is refused with the reason', async () => {
  const { chats } = await agent();
  const customer = await Texting.open(stage.origin, 'messenger', '', 'Pia Pictures');
  const png = Uint8Array.from(
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
  );
  await customer.sendsFile('photo.png', 'image/png', png);
  await customer.sendsFile(
    'page.html',
    'text/html',
    new TextEncoder().encode('<html><script>alert(1)</script></html>'),
  );
  await chats.open();
  await chats.row('Pia Pictures').click();
  const picture = chats.messages.getByRole('img').first();
  await picture.waitFor();
  await expect.poll(() => picture.evaluate((img) => (img as HTMLImageElement).naturalWidth ?? 1)).toBeGreaterThan(0);
  await chats.page
    .getByText(/type isn’t allowed|not allowed|refused/i)
    .first()
    .waitFor();
});

test('S29 S30 S31 S32 canned messages: made, used by shortcut, changed before sending, and left as they were', async () => {
  const { desk, chats } = await agent();
  await desk.page.goto(`${stage.origin}/settings`);
  await desk.page
    .getByRole('button', { name: 'Canned messages' })
    .or(desk.page.getByRole('link', { name: 'Canned messages' }))
    .first()
    .click();
  await desk.page.getByRole('button', { name: '+ Add new canned message' }).click();
  const dialog = desk.page.getByRole('dialog');
  await dialog.getByLabel('Title').fill('Greeting');
  await dialog.getByLabel('Text').fill('Hello, thank you for your message.');
  await dialog.getByLabel('Shortcut').fill('hello');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await desk.page.getByRole('cell', { name: 'Greeting' }).waitFor();

  const customer = await Texting.open(stage.origin, 'messenger', '', 'Cleo Canned');
  await customer.writes('Good morning');
  await chats.popUp.getByText('Good morning').click();
  await chats.message('Good morning').waitFor();
  await chats.composer.pressSequentially('/hel');
  await chats.page.getByRole('option', { name: /Greeting/ }).waitFor();
  await chats.composer.press('Enter');
  await expect.poll(() => chats.composer.inputValue()).toBe('Hello, thank you for your message.');
  await chats.composer.press('End');
  await chats.composer.pressSequentially(' Your order left today.');
  await chats.composer.press('Enter');
  await customer.reads('Hello, thank you for your message. Your order left today.');

  await desk.page.goto(`${stage.origin}/settings/canned-messages`);
  await desk.page.getByText('Hello, thank you for your message.', { exact: true }).waitFor();
});
