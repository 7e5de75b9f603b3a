import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessible } from '../axe';
import { formatOf, loudnessOf, wavFile } from '../sounds';
import { setStage } from './stage';

const stage = setStage();
const LIST = '/settings/recordings';
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const row = (page: Page, name: string | RegExp) => page.getByRole('row', { name });
const tone = (seconds: number) => wavFile(seconds, 44_100, 1, [{ hz: 1000, gain: 0.5, channel: 0 }]);

async function chooseFile(page: Page, buffer: Buffer, name = 'message.wav'): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'audio/wav', buffer });
}

/** Records for so many seconds. */
async function recordFor(page: Page, seconds: number): Promise<void> {
  await button(page, /^Record( again)?$/).click();
  await page.getByRole('timer', { name: 'Recorded so far' }).getByText(`0:0${seconds}`).waitFor();
  await button(page, 'Stop recording').click();
  await page.getByText('not saved yet').waitFor();
}

describe('a new message', () => {
  it('S25 is recorded, listened to, recorded again and saved', async () => {
    const page = await stage.open('/desk');
    await button(page, 'Settings').click();
    await page.getByRole('link', { name: 'Pre-recorded audio messages' }).click();
    await page.getByText('You have no recorded message yet.').waitFor();
    await expectAccessible(page);
    await button(page, 'New message').first().click();
    await button(page, 'Save').click();
    await page.getByText('This field is needed.').waitFor();
    await page.getByText('Record the message, or choose an audio file.').waitFor();
    await expectAccessible(page);
    await field(page, 'Name').fill('Opening hours');
    await page.getByRole('combobox', { name: 'Tags' }).fill('shop');
    await page.keyboard.press('Enter');
    await button(page, 'Record').click();
    const level = page.getByRole('meter', { name: 'Microphone level' });
    await expect.poll(() => level.evaluate((meter) => (meter as HTMLMeterElement).value)).toBeGreaterThan(10);
    await expectAccessible(page);
    await button(page, 'Stop recording').click();
    await button(page, 'Listen: new sound').click();
    await button(page, 'Stop listening: new sound').waitFor();
    await expectAccessible(page);
    await recordFor(page, 2);
    await button(page, 'Save').click();
    await page.getByText('“Opening hours” is saved.').waitFor();
    await row(page, /Opening hours.*shop.*0:0[23]/).waitFor();
    expect(new URL(page.url()).pathname).toBe(LIST);
    const [saved] = stage.center.recordings.stored;
    const { seconds, ...format } = formatOf(stage.center.recordings.sound(saved?.id ?? ''));
    expect(format).toEqual({ coding: 1, channels: 1, rate: 8000, bits: 16 });
    expect(seconds).toBeGreaterThan(1.5);
    expect(seconds).toBeLessThan(4);
  });

  it('S25 is made of a file in any format, without what a telephone can’t carry', async () => {
    const page = await stage.open(`${LIST}/new`);
    await field(page, 'Name').fill('Music');
    const left = [
      { hz: 1000, gain: 0.4, channel: 0 },
      { hz: 6000, gain: 0.4, channel: 0 },
    ];
    await chooseFile(page, wavFile(3, 44_100, 2, [...left, { hz: 500, gain: 0.8, channel: 1 }]));
    await page.getByText('not saved yet').waitFor();
    await button(page, 'Save').click();
    await row(page, /Music/).waitFor();
    const sound = stage.center.recordings.sound('rc_1');
    expect(formatOf(sound)).toEqual({ coding: 1, channels: 1, rate: 8000, bits: 16, seconds: 3 });
    expect(loudnessOf(sound, 1000), 'half of the left channel').toBeCloseTo(0.2, 1);
    expect(loudnessOf(sound, 500), 'half of the right channel').toBeCloseTo(0.4, 1);
    expect(loudnessOf(sound, 2000), '6 kHz, folded back').toBeLessThan(0.002);
  });

  it('S25 what is in the way of the microphone is explained, and nothing is lost', async () => {
    const ways: [error: string, text: string][] = [
      ['NotAllowedError', 'The browser doesn’t let this page use the microphone.'],
      ['NotFoundError', 'No microphone was found.'],
      ['NotReadableError', 'Another program holds the microphone.'],
    ];
    const page = await stage.open(`${LIST}/new`);
    await field(page, 'Name').fill('Opening hours');
    for (const [error, text] of ways) {
      await page.evaluate((name) => {
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', name));
      }, error);
      await button(page, 'Record').click();
      await page.getByText(text).waitFor();
      await page.getByText('You can also choose an audio file. What you have filled in is kept.').waitFor();
      await expectAccessible(page);
      expect(await field(page, 'Name').inputValue()).toBe('Opening hours');
    }
    await chooseFile(page, tone(1));
    await page.getByText('not saved yet').waitFor();
    for (const [, text] of ways) expect(await page.getByText(text).count()).toBe(0);
  });

  it('S25 files that are no message are explained, and the sound from before is kept', async () => {
    const page = await stage.open(`${LIST}/new`);
    await chooseFile(page, tone(1));
    await page.getByText('not saved yet').waitFor();
    const unfit: [Buffer, string][] = [
      [Buffer.from('no sound at all'), 'This browser can’t read that file as sound.'],
      [wavFile(123, 8000, 1, [{ hz: 500, gain: 0.5, channel: 0 }]), 'That file lasts more than two minutes.'],
      [wavFile(1, 8000, 1, []), 'Nothing can be heard in that file.'],
    ];
    for (const [file, text] of unfit) {
      await chooseFile(page, file);
      await page.getByText(text).waitFor();
      await page.getByText('not saved yet').waitFor();
    }
    await chooseFile(page, wavFile(120.4, 8000, 1, [{ hz: 500, gain: 0.5, channel: 0 }]));
    await page.getByText('2:00', { exact: true }).waitFor();
  });

  it('S25 a muted microphone is noticed', async () => {
    const page = await stage.open(`${LIST}/new`);
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = async () => new AudioContext().createMediaStreamDestination().stream;
    });
    await button(page, 'Record').click();
    await page.getByRole('timer', { name: 'Recorded so far' }).getByText('0:01').waitFor();
    await button(page, 'Stop recording').click();
    await page.getByText('Nothing was heard.').waitFor();
  });

  it('S25 goes by keys alone, and the focus is never lost', async () => {
    const page = await stage.open(`${LIST}/new`);
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await button(page, 'Record').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('timer', { name: 'Recorded so far' }).getByText('0:01').waitFor();
    expect(await focused()).toBe('Stop recording');
    await page.keyboard.press('Enter');
    await page.getByText('not saved yet').waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Sound');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await button(page, 'Stop listening: new sound').waitFor();
  });

  it('S25 what could not be saved is kept, and saved when tried again', async () => {
    const page = await stage.open(`${LIST}/new`);
    await field(page, 'Name').fill('Opening hours');
    await chooseFile(page, tone(2));
    await page.getByText('not saved yet').waitFor();
    await page.route('**/files/*', (route) => route.abort());
    await button(page, 'Save').click();
    await page.getByText('The sound couldn’t be sent to the server, so nothing was saved.').waitFor();
    await page.getByText('What you filled in and the sound are still here.').waitFor();
    await expectAccessible(page);
    await page.unroute('**/files/*');
    stage.center.failing = 503;
    await button(page, 'Save').click();
    await page.getByText('Something broke on the server.').waitFor();
    stage.center.failing = undefined;
    await button(page, 'Save').click();
    await row(page, /Opening hours/).waitFor();
  });

  it('S25 is not lost by leaving the form, and only discarded when asked', async () => {
    const page = await stage.open(`${LIST}/new`);
    await field(page, 'Name').fill('Opening hours');
    await chooseFile(page, tone(2));
    await page.getByText('not saved yet').waitFor();

    await page.getByRole('link', { name: 'Conversations' }).click();
    await page.goBack();
    await page.getByText('not saved yet').waitFor();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'Pre-recorded audio messages' }).click();
    await page.getByText('“Opening hours” isn’t saved yet.').waitFor();
    await expectAccessible(page);

    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.dismiss();
    });
    await page.evaluate(() => window.location.reload());
    await expect.poll(() => asked).toEqual(['beforeunload']);
    await button(page, 'Account: Camille Durand').click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect.poll(() => asked).toEqual(['beforeunload', 'confirm']);

    await button(page, 'Continue').click();
    await button(page, 'Cancel').click();
    const dialog = page.getByRole('dialog', { name: 'Discard the sound?' });
    await dialog.waitFor();
    await expectAccessible(page);
    await button(page, 'Keep it').click();
    expect(await field(page, 'Name').inputValue()).toBe('Opening hours');
    await button(page, 'Cancel').click();
    await button(page, 'Discard').click();
    await page.getByText('You have no recorded message yet.').waitFor();
    expect(await page.getByText('isn’t saved yet').count()).toBe(0);
    expect(stage.center.recordings.stored).toEqual([]);
  });

  it('S25 a recording stops when a call begins, and is kept', async () => {
    stage.center.world.setStatus('agent-1', 'ready', undefined, ['q-support']);
    const page = await stage.open(`${LIST}/new`);
    await button(page, 'Record').click();
    await page.getByRole('timer', { name: 'Recorded so far' }).getByText('0:01').waitFor();
    const { id } = stage.center.world.ring('agent-1');
    await button(page, 'Accept').click();
    await page.getByText('not saved yet').waitFor();
    await page.getByText('You’re on a call. You can record when it’s over.').waitFor();
    await expectAccessible(page);
    stage.center.world.end(id);
    await expect.poll(() => button(page, 'Record again').isEnabled()).toBe(true);
  });
});

describe('the messages', () => {
  it('S26 are found by name and tag, and listened to in their place', async () => {
    stage.center.recordings.add({ name: 'Horaires d’été', tags: ['Accueil'] });
    stage.center.recordings.add({ name: 'Legal notice', tags: ['law'] });
    stage.center.recordings.add({ name: 'Closed in August', archived: true });
    const page = await stage.open(LIST);
    await page.getByRole('tab', { name: 'Recordings (2)' }).waitFor();
    await button(page, 'Listen: Legal notice').click();
    await row(page, /Legal notice.*0:0\d \/ 0:12/).waitFor();
    await button(page, 'Stop listening: Legal notice').click();
    await button(page, 'Listen: Legal notice').waitFor();
    await page.getByRole('searchbox').fill('ete');
    await row(page, /Legal notice/).waitFor({ state: 'detached' });
    await row(page, /Horaires d’été/).waitFor();
    await page.getByRole('searchbox').fill('xyz');
    await expectAccessible(page);
    await button(page, 'Clear the search').click();
    await row(page, /Legal notice/).waitFor();
    await page.route('**/files/*', (route) => route.abort());
    await button(page, 'Listen: Legal notice').click();
    await page.getByText('Couldn’t be played. Try again.').waitFor();
    await expectAccessible(page);
  });

  it('S26 are changed, archived, unarchived and deleted; what was done is said where the focus is', async () => {
    stage.center.recordings.add({ name: 'Hours', tags: ['shop'] });
    const page = await stage.open(LIST);
    await button(page, 'Edit: Hours').click();
    await field(page, 'Name').fill('Opening hours');
    await button(page, 'Remove shop').click();
    await button(page, 'Save').click();
    await row(page, /Opening hours.*0:12/).waitFor();
    expect(stage.center.recordings.stored[0]).toMatchObject({
      name: 'Opening hours',
      tags: [],
      seconds: 12,
      version: 2,
    });
    await button(page, 'Edit: Opening hours').click();
    await recordFor(page, 1);
    await button(page, 'Save').click();
    await row(page, /Opening hours.*0:0[12]/).waitFor();

    await button(page, 'Archive: Opening hours').click();
    const news = page.getByText('“Opening hours” is in the archive now and no longer shows in calls.');
    await news.waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('is in the archive now');
    await page.getByRole('tab', { name: 'Archive (1)' }).click();
    await row(page, /Opening hours/).waitFor();
    await expectAccessible(page);
    await button(page, 'Unarchive: Opening hours').click();
    await page.getByText('The archive is empty.').waitFor();
    await expectAccessible(page);
    await page.getByRole('tab', { name: 'Recordings (1)' }).click();
    await button(page, 'Delete: Opening hours').click();
    await page.getByRole('dialog', { name: 'Delete the message' }).waitFor();
    await expectAccessible(page);
    await button(page, 'Delete').click();
    await page.getByText('“Opening hours” is deleted.').waitFor();
    expect(stage.center.recordings.stored).toEqual([]);
  });

  it('S26 a change that somebody made first is not lost unnoticed', async () => {
    const { id } = stage.center.recordings.add({ name: 'Hours' });
    const page = await stage.open(LIST);
    await button(page, 'Edit: Hours').click();
    await field(page, 'Name').fill('My hours');
    stage.center.recordings.update('agent-1', id, { name: 'Their hours' });
    await button(page, 'Save').click();
    await page.getByText('This message was changed in the meantime').waitFor();
    expect(await field(page, 'Name').inputValue()).toBe('My hours');
    await expectAccessible(page);
    await button(page, 'Save').click();
    await row(page, /My hours/).waitFor();

    stage.center.recordings.update('agent-1', id, { name: 'Their hours' });
    await button(page, 'Archive: My hours').click();
    await page.getByText('This message was changed in the meantime').waitFor();
    await row(page, /Their hours/).waitFor();
    expect(stage.center.recordings.stored[0]?.archived).toBe(false);
  });

  it('S26 that can’t be loaded are tried again; one that is gone is said to be', async () => {
    const page = await stage.open('/settings');
    stage.center.failing = 503;
    await page.getByRole('link', { name: 'Pre-recorded audio messages' }).click();
    await page.getByText('Your messages couldn’t be loaded.').waitFor();
    await expectAccessible(page);
    stage.center.failing = undefined;
    stage.center.recordings.add({ name: 'Hours' });
    await button(page, 'Try again').click();
    await row(page, /Hours/).waitFor();
    await page.goto(`${stage.center.origin}${LIST}/rc_none`);
    await page.getByText('This message no longer exists.').waitFor();
  });
});

describe('looks', () => {
  it.each([
    ['French, dark', { language: 'fr', dark: true }],
    ['French, narrow', { language: 'fr', width: 400 }],
    ['English, narrow, dark', { width: 400, dark: true }],
  ] as const)('%s: the pages are accessible, and none scrolls sideways', async (_, look) => {
    const { id } = stage.center.recordings.add({ name: 'Mentions légales sur l’enregistrement', tags: ['juridique'] });
    const page = await stage.open('/', look);
    for (const path of [LIST, `${LIST}/${id}`, `${LIST}/new`]) {
      await page.goto(stage.center.origin + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await expectAccessible(page);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(over).toBeLessThanOrEqual(0);
    }
    await button(page, /^(Record|Enregistrer le son)$/).click();
    await button(page, /^(Stop recording|Arrêter l’enregistrement)$/).waitFor();
    await expectAccessible(page);
  });
});
