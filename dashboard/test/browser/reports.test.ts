import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessible } from '../axe';
import { setStage } from './stage';

const stage = setStage();
const lead = { id: 'lead-1', name: 'Sacha Morel' };
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const total = (page: Page) => page.getByRole('row', { name: /^Total/ });
const rows = (page: Page) => page.getByRole('row').count();

async function openAt(address: string): Promise<Page> {
  const page = await stage.open('/settings', {}, lead);
  await page.goto(stage.center.origin + address);
  return page;
}

async function choose(page: Page, field: string, option: string): Promise<void> {
  await button(page, new RegExp(`^${field}`)).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

describe('reports', () => {
  it('P9 are of a period, by time and by queue, with the total of the whole', async () => {
    const page = await stage.open('/desk', {}, lead);
    await page.getByRole('link', { name: 'Reports', exact: true }).click();
    await total(page).getByText('83.3%').waitFor();
    expect(await rows(page), 'headings, the total, three queues on seven days').toBe(1 + 1 + 3 * 7);
    await expectAccessible(page);
    const queued = page.getByRole('columnheader', { name: 'Queued' });
    const first = page.getByRole('row').nth(2);
    await queued.getByRole('button').click();
    await expect.poll(() => queued.getAttribute('aria-sort')).toBe('ascending');
    await first.getByText('Support').waitFor();
    await queued.getByRole('button').click();
    await expect.poll(() => queued.getAttribute('aria-sort')).toBe('descending');
    await first.getByText('Billing and refunds').waitFor();
    expect(await page.getByRole('row').nth(1).textContent(), 'the total stays on top').toMatch(/^Total/);
  });

  it('P9 are kept by the address: a bookmark shows the same, and “back” the one before', async () => {
    const page = await stage.open('/reports', {}, lead);
    await total(page).waitFor();
    await choose(page, 'Report of', 'Agents');
    await page.getByRole('columnheader', { name: 'Calls' }).waitFor();
    await choose(page, 'Period', 'Yesterday');
    await expect.poll(() => rows(page)).toBe(1 + 1 + 3);
    await choose(page, 'Rows', 'whole period');
    await page.getByRole('columnheader', { name: 'Day' }).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('heading', { name: /^Agents, whole period/ }).waitFor();
    await expect.poll(() => rows(page)).toBe(1 + 1 + 3);
    await page.goBack();
    await page.getByRole('heading', { name: /^Agents, by day/ }).waitFor();
    await page.getByRole('link', { name: 'Noor Haddad' }).click();
    await page.getByRole('heading', { name: 'Productivity of Noor Haddad' }).waitFor();
  });

  it('P9 have the columns that the person chose, and pages', async () => {
    const page = await openAt('/reports?period=last7&by=day&group=queue');
    await total(page).waitFor();
    await button(page, 'What is shown').click();
    const dialog = page.getByRole('dialog', { name: 'What is shown' });
    await dialog.getByLabel('Longest wait').click();
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('columnheader', { name: 'Longest wait' }).waitFor();
    await page.goto(`${stage.center.origin}/reports?from=2026-01-01&to=2026-01-31&by=day&group=queue`);
    await page.getByRole('columnheader', { name: 'Longest wait' }).waitFor();
    await expect.poll(() => rows(page)).toBe(1 + 1 + 25);
    await page.getByRole('button', { name: 'Page 4 of all pages' }).or(button(page, '4')).first().click();
    await expect.poll(() => rows(page)).toBe(1 + 1 + 3 * 31 - 75);
  });

  it('P9 are drawn as a chart of one figure', async () => {
    const page = await openAt('/reports?period=last7&by=day&group=agent');
    await total(page).waitFor();
    await button(page, 'Chart').click();
    await page
      .getByLabel(/^Calls: Agents, by day/)
      .first()
      .waitFor();
    await choose(page, 'Figure', 'Talk');
    await page
      .getByLabel(/^Talk: Agents, by day/)
      .first()
      .waitFor();
    expect(new URL(page.url()).search).toContain('figure=talkSeconds');
    await expectAccessible(page);
    await choose(page, 'Rows', 'whole period');
    await page
      .getByLabel(/^Talk: Agents, whole period/)
      .first()
      .waitFor();
    await expectAccessible(page);
  });

  it('P9 are saved as a file with a telling name; what fails is said', async () => {
    const page = await openAt('/reports?from=2026-11-01&to=2026-11-02&by=day&group=queue');
    await total(page).waitFor();
    stage.center.failing = 503;
    await button(page, 'Download CSV').click();
    await page.getByText('The file couldn’t be made.').waitFor();
    await expectAccessible(page);
    stage.center.failing = undefined;
    const [file] = await Promise.all([page.waitForEvent('download'), button(page, 'Try again').click()]);
    expect(file.suggestedFilename()).toBe('Report queues 2026-11-01 to 2026-11-02.csv');
    expect(await readFile((await file.path()) ?? '', 'utf8')).toMatch(/^\uFEFF2026-11-01,Support\r\n/);
    await page.getByText('Saved: Report queues').waitFor();
  });

  it('P9 that cannot be are refused with the reason, those of nothing say so, and figures are explained', async () => {
    const { origin, reports } = stage.center;
    const page = await openAt('/reports?from=2026-01-01&to=2026-03-01&by=hour&group=queue');
    await page.getByText('By hour, a report is of 31 days at most.').waitFor();
    await expectAccessible(page);
    await page.goto(`${origin}/reports?from=2020-01-01&to=2026-03-01`);
    await page.getByText('A report is of 13 months at most.').waitFor();
    reports.empty = true;
    await page.goto(`${origin}/reports`);
    await page.getByText('Nothing happened in this period').waitFor();
    await expectAccessible(page);
    await button(page, 'What the figures mean').click();
    await page.getByText('Answered in time ÷ (queued − short abandons).').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    stage.center.failing = 503;
    await button(page, 'Fetch the figures anew').click();
    await page.getByText('The figures couldn’t be fetched anew.').waitFor();
  });

  it('P9 are for supervisors', async () => {
    const page = await stage.open('/reports');
    await page.getByRole('heading', { name: 'This page is for supervisors' }).waitFor();
    expect(await page.getByRole('link', { name: 'Reports', exact: true }).count()).toBe(0);
    await expectAccessible(page);
  });

  it('P9 are there in French, in the dark and on a narrow page', async () => {
    const page = await stage.open('/reports', { language: 'fr', dark: true, width: 320, height: 640 }, lead);
    await page.getByRole('heading', { level: 1, name: 'Rapports' }).waitFor();
    await total(page).getByText(/83,3/).waitFor();
    await page.getByRole('columnheader', { name: 'Entrés en file' }).waitFor();
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
});
