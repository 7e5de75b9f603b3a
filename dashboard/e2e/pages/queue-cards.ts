import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import type { DeskPage } from './desk-page';
import { fill } from './words';

/** The live figures on the cards of the desk, by the names that they have on the screen. */
export class QueueCards {
  constructor(private readonly desk: DeskPage) {}

  figure(queue: string, label: string): Locator {
    return figureIn(this.desk.card(queue), label);
  }

  /** Waits until a card says all of this. */
  async say(queue: string, figures: Record<string, string | RegExp>): Promise<void> {
    for (const [label, value] of Object.entries(figures)) {
      await expect
        .poll(() => this.figure(queue, label).textContent(), { message: `${queue}: ${label}` })
        .toMatch(typeof value === 'string' ? new RegExp(`^${value}$`) : value);
    }
  }

  /** The link that leads to a queue's details. */
  link(queue: string): Locator {
    return this.desk.card(queue).getByRole('link', { name: queue, exact: true });
  }
}

/** Where a queue's details are. */
export class QueuePage {
  constructor(private readonly desk: DeskPage) {}

  figure(label: string): Locator {
    return figureIn(this.desk.page.locator('#content'), label);
  }

  /** The rows of the table with this name, its head aside. */
  rows(table: string): Locator {
    return this.desk.page.getByRole('table', { name: table, exact: true }).locator('tbody tr');
  }

  /** Shows the hours of today as a chart or as a table. */
  async show(view: 'chart' | 'table'): Promise<void> {
    await this.desk.page.getByRole('button', { name: this.desk.words.figures[view], exact: true }).click();
  }

  get back(): Locator {
    return this.desk.page.getByRole('link', { name: this.desk.words.notFound.back, exact: true });
  }

  async setStatus(queue: string, item: string): Promise<void> {
    const { page, words } = this.desk;
    await page.getByRole('button', { name: fill(words.card.myStatusIn, { queue }), exact: true }).click();
    await page.getByRole('menuitem', { name: item, exact: true }).click();
  }
}

/** The value that stands under a name. A dash is drawn for what there is not. */
const figureIn = (place: Locator, label: string): Locator =>
  place
    .locator('.figure')
    .filter({ has: place.page().getByText(label, { exact: true }) })
    .locator('dd')
    .first();
