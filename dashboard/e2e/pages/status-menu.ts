import type { Locator, Page } from 'playwright-core';
import { stem, type Words } from './words';

/** The agent status menu in the top bar. */
export class StatusMenu {
  constructor(
    private readonly page: Page,
    private readonly words: Words,
  ) {}

  get trigger(): Locator {
    return this.page.getByRole('button', { name: stem(this.words.status.menu) });
  }

  /** Opens the menu and chooses an item. */
  async choose(item: string): Promise<void> {
    await this.trigger.click();
    await this.page.getByRole('menuitem', { name: item, exact: true }).click();
  }

  /** The status as the menu says it. */
  async text(): Promise<string> {
    const name = (await this.trigger.getAttribute('aria-label')) ?? '';
    return name.slice(stem(this.words.status.menu).length);
  }
}
