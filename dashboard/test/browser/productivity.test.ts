import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessible } from '../axe';
import { setStage } from './stage';

const stage = setStage();
const PAGE = '/productivity';
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const widget = (page: Page, name: string | RegExp) => page.getByRole('region', { name });
const number = (page: Page, name: string | RegExp) => widget(page, name).locator('.activity-number');
const today = (page: Page, name: RegExp) => number(page, name).first().textContent();

/** Two calls of queues and one made today, one to the own line yesterday. */
function someCalls() {
  const { activity } = stage.center;
  activity.log('agent-1', 0, { name: 'Jeanne Petit' });
  activity.log('agent-1', 0, { queueId: 'q-sales', talkSeconds: 10, handleSeconds: 50, outcome: 'passedOn' });
  activity.log('agent-1', 0, { kind: 'outbound', queueId: '', outcome: 'unanswered' });
  activity.log('agent-1', 1, { kind: 'direct', queueId: '' });
}

describe('today’s activity', () => {
  it('S37 stands at the left, by type, and the day before at the right', async () => {
    someCalls();
    const page = await stage.open(PAGE);
    await expect.poll(() => number(page, /^Queue calls taken/).allTextContents()).toEqual(['2', '0']);
    expect(await number(page, /^Non-queue calls taken/).allTextContents()).toEqual(['0', '1']);
    expect(await number(page, /^Non-queue calls made/).allTextContents()).toEqual(['1', '0']);
    const left = widget(page, /^Queue calls taken/).first();
    await left.getByText('Average handling1:40').or(left.getByText('1:40')).first().waitFor();
    await left
      .getByRole('row', { name: /Jeanne Petit.*Support.*Talk.*1:50.*Hold.*0:10.*Wrap-up.*0:30.*Handled/ })
      .waitFor();
    await left.getByRole('row', { name: /Sales.*Passed on/ }).waitFor();
    await widget(page, /^Non-queue calls taken/)
      .first()
      .getByText(/No call yet/)
      .waitFor();
    await expectAccessible(page);
  });

  it('S37 is compared with the day that is picked, which the address keeps', async () => {
    const { activity } = stage.center;
    for (const days of [3, 3, 3]) activity.log('agent-1', days);
    const page = await stage.open(PAGE);
    await button(page, /^Choose the day to compare with/).click();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    const picked = new Date(Date.parse(`${activity.today}T12:00:00Z`) - 3 * 86_400_000).toISOString().slice(0, 10);
    await page.getByRole('textbox', { name: 'Compare with' }).fill(picked.replaceAll('-', '/'));
    await page.keyboard.press('Tab');
    await expect.poll(() => number(page, /^Queue calls taken/).allTextContents()).toEqual(['0', '3']);
    expect(new URL(page.url()).searchParams.get('compare')).toBe(picked);
    await page.goBack();
    await expect.poll(() => number(page, /^Queue calls taken/).allTextContents()).toEqual(['0', '0']);
  });

  it('S37 shows what the person likes to see, also after a reload', async () => {
    someCalls();
    const page = await stage.open(PAGE);
    await number(page, /^Queue calls taken/)
      .first()
      .waitFor();
    await button(page, /^Queue calls of/).click();
    await page.getByRole('option', { name: 'Sales' }).click();
    await expect.poll(() => number(page, /^Queue calls taken/).allTextContents()).toEqual(['1', '0']);
    await button(page, 'What is shown').click();
    const dialog = page.getByRole('dialog', { name: 'What is shown' });
    await dialog
      .getByRole('switch', { name: 'Non-queue calls made' })
      .or(dialog.getByLabel('Non-queue calls made'))
      .first()
      .click();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await widget(page, /^Non-queue calls made/)
      .first()
      .waitFor({ state: 'detached' });
    await page.reload();
    await expect.poll(() => number(page, /^Queue calls taken/).allTextContents()).toEqual(['1', '0']);
    expect(await widget(page, /^Non-queue calls made/).count()).toBe(0);
  });

  it('S37 has a call as soon as its wrap-up is over, without a reload', async () => {
    const { world, activity } = stage.center;
    const page = await stage.open(PAGE);
    await expect.poll(() => today(page, /^Queue calls taken/)).toBe('0');
    const { id, offer } = world.ring('agent-1', { from: '+33612345678' });
    world.accept('agent-1', id, offer?.id ?? '');
    world.connect(id);
    world.end(id);
    await button(page, 'End wrap-up').waitFor();
    activity.log('agent-1', 0, { contactId: id });
    expect(await today(page, /^Queue calls taken/)).toBe('0');
    world.endWrapUp('agent-1');
    await expect.poll(() => today(page, /^Queue calls taken/)).toBe('1');
  });

  it('S37 that cannot be fetched says so, keeps what was there, and can be tried again', async () => {
    const page = await stage.open('/settings');
    stage.center.failing = 503;
    await page.getByRole('link', { name: 'Productivity' }).click();
    await page.getByText('The figures couldn’t be fetched. Nothing is lost').waitFor();
    await expectAccessible(page);
    stage.center.failing = undefined;
    someCalls();
    await button(page, 'Try again').click();
    await expect.poll(() => today(page, /^Queue calls taken/)).toBe('2');
    stage.center.failing = 503;
    await button(page, 'Fetch the figures anew').click();
    await page.getByText('The figures couldn’t be fetched anew.').waitFor();
    expect(await today(page, /^Queue calls taken/)).toBe('2');
  });

  it('S37 of another is for supervisors, who see whose it is and find back', async () => {
    someCalls();
    const refused = await stage.open(PAGE);
    await refused.goto(`${stage.center.origin}${PAGE}?agent=agent-2`);
    await refused.getByText('Your role doesn’t allow you to see these figures.').waitFor();
    const page = await stage.open(PAGE, {}, { id: 'lead-1', name: 'Sacha Morel' });
    await page.goto(`${stage.center.origin}${PAGE}?agent=agent-1&day=${stage.center.activity.today}`);
    await page.getByRole('heading', { level: 1, name: 'Productivity of Camille Durand' }).waitFor();
    await expect.poll(() => today(page, /^Queue calls taken/)).toBe('2');
    await button(page, 'Back to my own').click();
    await expect.poll(() => today(page, /^Queue calls taken/)).toBe('0');
    await page.goto(`${stage.center.origin}${PAGE}?agent=nobody`);
    await page.getByText('There is no such agent in this centre.').waitFor();
  });
});

describe('this week’s activity', () => {
  it('S38 is shown by day and type, as a chart or as a table that leads to the days', async () => {
    someCalls();
    const page = await stage.open(PAGE);
    await page.getByRole('tab', { name: 'This week’s activity' }).click();
    await page
      .getByRole('application', { name: /^Calls by day and type/ })
      .or(page.getByLabel(/^Calls by day and type/))
      .first()
      .waitFor();
    await expectAccessible(page);
    await button(page, 'Table').click();
    const total = page.getByRole('row', { name: /^Total/ });
    await total.getByText('2', { exact: true }).waitFor();
    await expectAccessible(page);
    await page.reload();
    await total.waitFor();
    const dayName = new Intl.DateTimeFormat('en', { weekday: 'short', day: 'numeric', month: 'short' }).format(
      new Date(`${stage.center.activity.today}T12:00:00`),
    );
    await page.getByRole('link', { name: dayName }).click();
    await expect.poll(() => today(page, /^Queue calls taken/)).toBe('2');
    await page.goBack();
    await button(page, 'Previous week').click();
    await expect.poll(() => page.url()).toContain('week=');
    await button(page, 'This week').click();
    await total.getByText('2', { exact: true }).waitFor();
  });

  it('S37, S38 are there in French, in the dark and on a narrow page', async () => {
    someCalls();
    const page = await stage.open(PAGE, { language: 'fr', dark: true, width: 320, height: 640 });
    await page.getByRole('heading', { level: 1, name: 'Productivité' }).waitFor();
    await expect.poll(() => today(page, /^Appels de file pris/)).toBe('2');
    await page.getByText('Traitement moyen').first().waitFor();
    await expectAccessible(page);
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    expect(await width()).toBeLessThanOrEqual(320);
    await page.goto(`${stage.center.origin}${PAGE}?tab=week`);
    await page.getByText('Appels hors file passés').first().waitFor();
    await expectAccessible(page);
    expect(await width()).toBeLessThanOrEqual(320);
  });
});
