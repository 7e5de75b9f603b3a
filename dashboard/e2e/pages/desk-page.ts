import type { Locator, Page } from 'playwright-core';
import { CallPanel } from './call-panel';
import { StatusMenu } from './status-menu';
import { fill, type Language, words } from './words';

/** The dashboard of somebody signed in. */
export class DeskPage {
  readonly words;
  readonly call: CallPanel;
  readonly status: StatusMenu;

  constructor(
    readonly page: Page,
    readonly language: Language,
  ) {
    this.words = words[language];
    this.call = new CallPanel(page, this.words);
    this.status = new StatusMenu(page, this.words);
  }

  /** The headset icon in the top bar. */
  get headset(): Locator {
    return this.page.locator('#top-bar').getByRole('link', { name: this.words.nav.desk });
  }

  get heading(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  async openDesk(): Promise<void> {
    await this.headset.click();
    await this.page.getByRole('heading', { level: 1, name: this.words.desk.title }).waitFor();
  }

  get logInButton(): Locator {
    return this.page.getByRole('button', { name: this.words.desk.logIn, exact: true });
  }

  /** Picks a queue among those to join, or unpicks it. */
  async pickQueue(name: string): Promise<void> {
    await this.page.getByRole('button', { name: new RegExp(`^${this.words.desk.pick}`) }).click();
    await this.page.getByRole('option', { name, exact: true }).click();
    await this.page.keyboard.press('Escape');
  }

  /** Logs in to all assigned queues. */
  async logIn(): Promise<void> {
    await this.logInButton.click();
    await this.page.getByText(this.words.desk.allJoined).waitFor();
  }

  /** Waits until the audio path is open, so that a call can be heard at once. */
  async audioUp(): Promise<void> {
    await this.page.getByText(this.words.audioLine.up).waitFor();
  }

  card(queue: string): Locator {
    return this.page.getByRole('article', { name: queue, exact: true });
  }

  /** Chooses an item from "My status" on one queue's card. */
  async setCardStatus(queue: string, item: string): Promise<void> {
    await this.page.getByRole('button', { name: fill(this.words.card.myStatusIn, { queue }), exact: true }).click();
    await this.page.getByRole('menuitem', { name: item, exact: true }).click();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }
}
