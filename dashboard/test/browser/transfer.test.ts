import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DOUBLE_CLICK } from '../../src/desk/desk-actions';
import { expectAccessible } from '../axe';
import type { Look } from './browser';
import { setStage } from './stage';

const stage = setStage();
const jeanne = { from: '+33612345678', callerName: 'Jeanne Martin' };
const camille = { id: 'agent-1', name: 'Camille Durand' };
const noor = { id: 'agent-2', name: 'Noor Haddad' };

const panel = (page: Page) => page.getByRole('region', { name: /^(Call|Appel)$/ });
const button = (page: Page, name: string | RegExp) => panel(page).getByRole('button', { name, exact: true });
const tools = (page: Page) =>
  panel(page).getByRole('group', { name: /^(Transfer or consult|Transférer ou consulter)$/ });
const field = (page: Page) => tools(page).getByRole('combobox');
const option = (page: Page, name: string | RegExp) => tools(page).getByRole('option', { name });
const tool = (page: Page, name: string | RegExp) => tools(page).getByRole('button', { name, exact: true });
const guest = (page: Page) => panel(page).getByRole('region', { name: /^(Third party|Troisième personne)$/ });
const parties = (page: Page) => panel(page).getByRole('list', { name: /^(Who is in the call|Qui est dans l’appel)$/ });
const said = (page: Page, text: string) =>
  page.getByRole('status').getByText(text).first().waitFor({ state: 'attached' });

/** An agent in a connected call. */
async function inCall(path = '/desk', look: Look = {}): Promise<{ page: Page; id: string }> {
  const { world } = stage.center;
  world.setStatus('agent-1', 'ready', undefined, ['q-support']);
  const page = await stage.open(path, look, camille);
  await expect.poll(() => world.agent('agent-1').audioId).toBeTruthy();
  const { id } = world.ring('agent-1', jeanne);
  await button(page, /^(Accept|Accepter)$/).click();
  await expect.poll(() => world.contacts.get(id)?.state).toBe('connecting');
  world.connect(id);
  await button(page, /^(Transfer|Transférer)$/).waitFor();
  return { page, id };
}

/** The colleague's desk. */
async function colleague(path = '/desk', look: Look = {}): Promise<Page> {
  stage.center.world.setStatus('agent-2', 'ready', undefined, ['q-support']);
  const page = await stage.open(path, look, noor);
  await expect.poll(() => stage.center.world.agent('agent-2').audioId).toBeTruthy();
  return page;
}

async function openTransfer(page: Page): Promise<void> {
  await button(page, /^(Transfer|Transférer)$/).click();
  await field(page).waitFor();
}

async function consult(page: Page, name = noor.name): Promise<void> {
  await openTransfer(page);
  await option(page, new RegExp(`${name}.*(Available|Disponible)`)).click();
  await tool(page, /^(Consult first|Consulter d’abord)$/).click();
  await guest(page)
    .getByText(/^(Ringing|Appel de) .*…$/)
    .waitFor();
}

/** The microphone says something to whom it sends. */
const speaks = (page: Page) =>
  expect
    .poll(() =>
      panel(page)
        .getByLabel(/^(Your microphone|Votre microphone)$/)
        .evaluate((meter) => (meter as HTMLMeterElement).value),
    )
    .toBeGreaterThan(0);

describe('a consultation', () => {
  it('P1 rings a colleague, becomes a conference, and is handed over', async () => {
    const { page, id } = await inCall();
    const second = await colleague('/settings');
    await consult(page);
    await said(page, 'Ringing Noor Haddad. The customer is on hold.');
    await expectAccessible(page);
    expect(stage.center.calls.asked).toHaveLength(1);

    await panel(second).getByText('Consultation', { exact: true }).waitFor();
    await panel(second).getByText('from Camille Durand · Support').waitFor();
    await panel(second).getByText('Jeanne Martin').waitFor();
    await expectAccessible(second);
    await button(second, 'Accept').click();

    await parties(page).getByText('On hold').waitFor();
    await parties(page).getByText('Noor Haddad').waitFor();
    await said(page, 'Noor Haddad is in the call.');
    await speaks(page);
    await expectAccessible(page);
    await button(second, 'Leave the call').waitFor();
    await parties(second).getByText('Camille Durand').waitFor();
    await said(second, 'You’re in the call with Camille Durand.');
    for (const name of ['Hold', 'Keypad', 'Transfer', 'Show recordings']) {
      expect(await button(second, name).count(), `${name} is the colleague's`).toBe(0);
    }
    await speaks(second);
    await expectAccessible(second);
    await stage.keepPictures('consulting');

    await button(page, 'Conference: take the customer off hold').click();
    await button(page, 'Put the customer on hold').waitFor();
    await said(page, 'All three of you hear each other.');
    await parties(second).getByText('In the call').first().waitFor();
    await panel(page).getByText('Ends the call for everybody.').waitFor();
    await expectAccessible(page);

    await button(page, 'Hand over to Noor Haddad').click();
    await button(page, 'End wrap-up').waitFor();
    await said(second, 'The call is yours now.');
    stage.center.world.connect(id);
    await button(second, 'Hold').waitFor();
    await button(second, 'End call').waitFor();
    await expectAccessible(second);
  });

  it('P1 is cancelled while it rings, and the customer can be taken off hold', async () => {
    const { page, id } = await inCall();
    const second = await colleague();
    await consult(page);
    await button(second, 'Accept').waitFor();
    await button(page, 'Cancel').click();
    await guest(page).waitFor({ state: 'detached' });
    await button(second, 'Accept').waitFor({ state: 'detached' });
    expect(await page.getByText('did not answer').count(), 'the agent knows').toBe(0);
    await button(page, 'Resume').click();
    await expect.poll(() => stage.center.world.contacts.get(id)?.heldAt).toBeUndefined();
  });

  it('P1 the colleague leaves, or is taken out, and the call goes on', async () => {
    const { page } = await inCall();
    const second = await colleague();
    await consult(page);
    await button(second, 'Accept').click();
    await button(second, 'Leave the call').click();
    await said(second, 'You’re no longer in the call.');
    await panel(page).getByText('Noor Haddad has left the call').waitFor();
    await page.getByText('The customer is with you, on hold.').waitFor();
    await expectAccessible(page);
    await button(page, 'Resume').click();
    await page.getByText('has left the call').waitFor({ state: 'detached' });
    await consult(page);
    await second.keyboard.press('Alt+Shift+A');
    await button(page, 'Take Noor Haddad out').click();
    await guest(page).waitFor({ state: 'detached' });
    await panel(second).getByText('No call').waitFor();
  });

  it('P1 the customer hangs up: both are out of the call', async () => {
    const { page, id } = await inCall();
    const second = await colleague();
    await consult(page);
    await button(second, 'Accept').click();
    await parties(second).waitFor();
    stage.center.world.end(id);
    await button(page, 'End wrap-up').waitFor();
    await panel(second).getByText('No call').waitFor();
  });

  it('P1 survives a reload on both sides', async () => {
    const { page } = await inCall();
    const second = await colleague();
    await consult(page);
    await button(second, 'Accept').click();
    await parties(page).waitFor();
    await Promise.all([page.reload(), second.reload()]);
    await parties(page).getByText('Noor Haddad').waitFor();
    await parties(second).getByText('Camille Durand').waitFor();
    await speaks(page);
  });
});

describe('a transfer', () => {
  it('P1 gives the call to a colleague as soon as they answer', async () => {
    const { page, id } = await inCall();
    const second = await colleague();
    await openTransfer(page);
    await field(page).fill('noor');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await tool(page, 'Transfer now').dblclick();
    await guest(page).getByText('The call is theirs as soon as they answer').waitFor();
    expect(stage.center.calls.asked).toHaveLength(1);
    await panel(second).getByText('Transfer', { exact: true }).waitFor();
    await button(second, 'Accept').click();
    await button(page, 'End wrap-up').waitFor();
    stage.center.world.connect(id);
    await button(second, 'Hold').waitFor();
  });

  it('P1 that nobody takes comes back, and the agent is told', async () => {
    const { page } = await inCall('/settings');
    const second = await colleague();
    await openTransfer(page);
    await option(page, /Noor Haddad.*Available/).click();
    await tool(page, 'Transfer now').click();
    await button(second, 'Decline').click();
    await panel(page).getByText('Noor Haddad did not answer').waitFor();
    await page.getByText('The customer is with you, on hold.').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Alt+Shift+H');
    await page.getByText('did not answer').waitFor({ state: 'detached' });
  });

  it('P1 to a queue is done at once; consulting one rings whoever is free there', async () => {
    const { page, id } = await inCall();
    await colleague();
    await openTransfer(page);
    await option(page, 'Support').click();
    await tool(page, 'Consult first').click();
    await guest(page).getByText('Ringing Noor Haddad…').waitFor();
    await button(page, 'Cancel').click();
    await openTransfer(page);
    await option(page, 'Sales').click();
    await tool(page, 'Transfer now').click();
    await button(page, 'End wrap-up').waitFor();
    expect(stage.center.world.contacts.get(id)).toMatchObject({ state: 'waiting', queueId: 'q-sales' });
  });

  it('P1 to a number: written or pressed, consulted, and handed over', async () => {
    const { page, id } = await inCall();
    await page.keyboard.press('Alt+Shift+X');
    await field(page).waitFor();
    await tool(page, 'Dial a number').click();
    for (const digit of ['0', '1']) {
      await tools(page)
        .getByRole('button', { name: new RegExp(`^${digit}`) })
        .click();
    }
    await field(page).focus();
    await page.keyboard.press('End');
    await page.keyboard.type('70189933');
    expect(await field(page).inputValue()).toBe('01 70 18 99 33');
    await expectAccessible(page);
    await tool(page, 'Consult first').click();
    await guest(page).getByText('Ringing +33 1 70 18 99 33…').waitFor();
    stage.center.calls.answer(id);
    await button(page, 'Hand over to +33 1 70 18 99 33').click();
    await button(page, 'End wrap-up').waitFor();
    expect(stage.center.world.contacts.get(id)?.state).toBe('ended');
  });
});

describe('what goes wrong', () => {
  it('P1 a refusal is explained, and the customer is still there', async () => {
    const refusals: [slug: string, status: number, text: string][] = [
      ['agent-busy', 409, 'They’re on a call or in wrap-up'],
      ['agent-away', 409, 'They’re away'],
      ['guest-there', 409, 'Somebody is already asked into this call'],
      ['number-emergency', 422, 'Emergency numbers can’t be called from here'],
      ['broken', 503, 'That couldn’t be done, as far as we know'],
    ];
    const { page, id } = await inCall();
    await colleague();
    await openTransfer(page);
    await option(page, /Noor Haddad.*Available/).click();
    const alert = tools(page).getByRole('alert');
    for (const [slug, status, text] of refusals) {
      stage.center.calls.refuse = { verb: 'guest', status, slug };
      await tool(page, 'Consult first').click();
      await alert.getByText(text).waitFor();
      await alert.getByText('The customer is still with you.').waitFor();
      expect(await field(page).inputValue(), 'nothing is lost').toBe('Noor Haddad');
      stage.center.world.hold(id, true);
      await alert.getByText('The customer is still with you, on hold.').waitFor();
      await expectAccessible(page);
      await page.waitForTimeout(DOUBLE_CLICK); // the desk takes two clicks in a row for one
      await alert.getByRole('button', { name: 'Take off hold' }).click();
      await expect.poll(() => stage.center.world.contacts.get(id)?.heldAt).toBeUndefined();
    }
  });

  it('P1 nobody is free in a queue; and who is away or busy is shown as such, live', async () => {
    const { page } = await inCall();
    await openTransfer(page);
    await option(page, /Noor Haddad.*Away/).waitFor();
    await option(page, 'Sales').click();
    await tool(page, 'Consult first').click();
    await tools(page).getByRole('alert').getByText('Nobody is free in that queue').waitFor();
    await field(page).fill('');
    stage.center.world.setOnline('agent-2', true);
    await option(page, /Noor Haddad.*Available/).waitFor();
    await expectAccessible(page);
  });

  it('P1 the call ends while it is being passed on: the panel goes on, and the focus stays in it', async () => {
    const { page, id } = await inCall();
    await openTransfer(page);
    await field(page).fill('noo');
    stage.center.world.end(id);
    await button(page, 'End wrap-up').waitFor();
    expect(await panel(page).evaluate((it) => it.contains(document.activeElement))).toBe(true);
    stage.center.world.endWrapUp('agent-1');
    const next = stage.center.world.ring('agent-1', jeanne);
    await button(page, 'Accept').click();
    await expect.poll(() => stage.center.world.contacts.get(next.id)?.state).toBe('connecting');
    stage.center.world.connect(next.id);
    await button(page, 'Transfer').waitFor();
    expect(await tools(page).count(), 'not in the next call').toBe(0);
  });

  it('P1 the colleague is gone by the time of the handover', async () => {
    const { page } = await inCall();
    const second = await colleague();
    await consult(page);
    await button(second, 'Accept').click();
    stage.center.calls.refuse = { verb: 'hand-over', status: 409, slug: 'no-guest' };
    await button(page, 'Hand over to Noor Haddad').click();
    await page.getByText('They have left in the meantime, so the call is still yours.').waitFor();
  });
});

describe('looks', () => {
  it.each([
    ['French, dark', { language: 'fr', dark: true, width: 1024, height: 700 }],
    ['French, narrow', { language: 'fr', width: 400 }],
    ['English, magnified four times', { width: 320, height: 256 }],
    ['English', {}],
  ] as const)(
    '%s: transfer, ringing and the parties are accessible, and the red phone stays in sight',
    async (_, look) => {
      const { page, id } = await inCall('/desk', look);
      await colleague('/desk', look);
      const inSight = async () => {
        const hangUp = button(page, /^(End call|Raccrocher)$/);
        expect(await hangUp.evaluate((phone) => phone.getBoundingClientRect().bottom <= window.innerHeight)).toBe(true);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(
          0,
        );
        await expectAccessible(page);
      };
      await openTransfer(page);
      await option(page, /Noor Haddad/).click();
      await stage.keepPictures(`${expect.getState().currentTestName} transfer`);
      await inSight();
      await tool(page, /^(Consult first|Consulter d’abord)$/).click();
      await guest(page).waitFor();
      await stage.keepPictures(`${expect.getState().currentTestName} ringing`);
      await inSight();
      stage.center.calls.answer(id);
      await parties(page).waitFor();
      await inSight();
    },
  );
});
