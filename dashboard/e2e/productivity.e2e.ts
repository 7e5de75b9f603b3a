import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessible } from '../test/axe';
import type { DeskPage } from './pages/desk-page';
import { incomingCall, type SimulatorPage } from './pages/simulator-page';
import { openStage } from './stage/stage';

const stage = openStage({ wrapUp: '60s' });
const own = '+442079460012';

/** Alex takes a call of a queue and one to their own line, and makes one. */
async function threeCalls(agent: DeskPage, customer: SimulatorPage): Promise<void> {
  const queued = await customer.call({ from: '+33639980021', name: 'Mrs Lane' });
  await agent.call.accept.click();
  await agent.call.connected();
  await queued.hangUp();
  await agent.call.endWrapUp.click();
  await agent.call.gone();

  const direct = await customer.call({ to: own, from: '+33639980022', name: 'Mr Brook' });
  await agent.call.accept.click();
  await agent.call.connected();
  await direct.hangUp();
  await agent.call.gone();

  await agent.page.getByRole('banner').getByRole('button', { name: 'Call a number' }).click();
  await agent.page.keyboard.type('+33639980023');
  await agent.page.keyboard.press('Enter');
  const made = await incomingCall(customer.page);
  await made.answer();
  await agent.call.connected();
  await agent.call.end.click();
  await made.ended();
}

const widget = (page: Page, name: string): Locator => page.getByRole('region', { name }).first();
const number = (page: Page, name: string): Promise<string | null> =>
  widget(page, name).locator('.activity-number').textContent();

test('S37, S38, P9 calls of all types are in the day’s and the week’s activity at once, and in reports with the occupancy', async () => {
  const agent = await stage.ready('alex');
  const customer = await stage.customer();
  await agent.page.getByRole('link', { name: 'Productivity', exact: true }).click();
  await widget(agent.page, 'Queue calls taken').getByText('No call yet').waitFor();
  await threeCalls(agent, customer);

  const { page } = agent;
  for (const type of ['Queue calls taken', 'Non-queue calls taken', 'Non-queue calls made']) {
    await expect.poll(() => number(page, type), { message: type }).toBe('1');
  }
  await widget(page, 'Queue calls taken')
    .getByRole('row', { name: /Mrs Lane.*Assistance.*Handled/ })
    .waitFor();
  await widget(page, 'Non-queue calls taken')
    .getByRole('row', { name: /Mr Brook.*Handled/ })
    .waitFor();
  await widget(page, 'Non-queue calls made')
    .getByRole('row', { name: /\+33 6 39 98 00 23.*Handled/ })
    .waitFor();
  await expectAccessible(page, 'today’s activity');

  await page.getByRole('tab', { name: 'This week’s activity' }).click();
  await page.getByText('Non-queue calls made').first().waitFor();
  await expectAccessible(page, 'the week as a chart');
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  const total = page.getByRole('row', { name: /^Total/ });
  await expect.poll(() => total.getByRole('cell').allTextContents()).toHaveLength(3);
  for (const cell of await total.getByRole('cell').allTextContents()) expect(cell).toMatch(/^1/);

  await agent.status.choose('Meeting');
  await expect.poll(() => agent.status.text()).toBe('Paused: Meeting');
  await reportedToSupervisors();
});

interface ReportFile {
  name: string;
  headings: string[];
  firstRow: string[];
}

/** The file of the report that the page shows. */
async function download(page: Page): Promise<ReportFile> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download CSV' }).click(),
  ]);
  const [heading = '', first = ''] = (await readFile(await file.path(), 'utf8')).split('\r\n');
  return { name: file.suggestedFilename(), headings: heading.split(','), firstRow: first.split(',') };
}

/** P9 Alex was idle between the calls, and is so no longer: the file says what the occupancy on the screen is of. */
async function occupancyAddsUp(page: Page): Promise<void> {
  const { headings, firstRow } = await download(page);
  const figure = (name: string) => Number(firstRow[headings.indexOf(name)]);
  const busy = figure('Handling time (s)') + figure('Time with chats (s)');
  expect(firstRow, 'of Alex').toContain('Alex Morgan');
  expect(busy).toBeGreaterThan(0);
  expect(figure('Idle (s)')).toBeGreaterThan(0);
  expect(figure('Occupancy (%)')).toBeCloseTo((100 * busy) / (busy + figure('Idle (s)')), 2);
  const names = await page.getByRole('columnheader').allTextContents();
  const cells = page.getByRole('row', { name: /Alex Morgan/ }).locator('th, td');
  const shown = (await cells.nth(names.findIndex((name) => name.startsWith('Occupancy'))).textContent()) ?? '';
  expect(shown).toMatch(/^\d+(\.\d)?%$/);
  expect(Math.abs(Number.parseFloat(shown) - figure('Occupancy (%)'))).toBeLessThan(0.06);
}

/** The same calls in a supervisor's reports, on screen and in the file. */
async function reportedToSupervisors(): Promise<void> {
  const { page } = await stage.signIn('sam');
  await page.goto(`${stage.origin}/reports?period=today&by=day&group=agent`);
  const row = page.getByRole('row', { name: /Alex Morgan/ });
  await expect.poll(() => row.getByRole('cell').nth(1).textContent(), { message: 'calls' }).toBe('3');
  await expectAccessible(page, 'a report');
  await occupancyAddsUp(page);
  await page.goto(`${stage.origin}/reports?period=today&by=hour&group=queue`);
  await page.getByRole('row', { name: /Assistance/ }).waitFor();
  const { name, headings, firstRow } = await download(page);
  expect(name).toMatch(/^Report queues [\d-]+ to [\d-]+\.csv$/);
  expect(headings.slice(0, 7)).toEqual(['\uFEFFDate', 'Hour', 'ID', 'Name', 'Queued', 'Handled', 'Abandoned']);
  expect(firstRow.join()).toMatch(/^[\d-]+,\d\d:00,que_support,Assistance,1,1,0,/);
  await page.goto(`${stage.origin}/reports?period=today&group=agent`);
  await page.getByRole('link', { name: 'Alex Morgan' }).click();
  await page.getByRole('heading', { level: 1, name: 'Productivity of Alex Morgan' }).waitFor();
  await page.getByRole('row', { name: /Mrs Lane/ }).waitFor();
}

test('S37, P9 the pages speak French', async () => {
  const supervisor = await stage.signIn('sam', { language: 'fr' });
  const { page } = supervisor;
  await page.getByRole('link', { name: 'Productivité', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Productivité' }).waitFor();
  await page.getByText('Aucun appel pour l’instant.').first().waitFor();
  await page.getByRole('link', { name: 'Rapports', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Rapports' }).waitFor();
  await page.getByRole('heading', { name: /^Files, par jour/ }).waitFor();
  await expectAccessible(page, 'les rapports');
});
