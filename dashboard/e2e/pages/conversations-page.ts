import type { Locator, Page } from 'playwright-core';
import { fill, type Language, words } from './words';

/** The conversations of an agent, wherever in the application they are. */
export class ConversationsPage {
  readonly words;

  constructor(
    readonly page: Page,
    language: Language = 'en',
  ) {
    this.words = words[language];
  }

  /** The pop-up at the bottom left. */
  get popUp(): Locator {
    return this.page.getByRole('complementary', { name: this.words.popup.region });
  }

  async open(): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name: this.words.nav.conversations }).first().click();
    await this.page.getByRole('heading', { level: 1, name: this.words.conversations.title }).waitFor();
  }

  /** One of the lists: mine, unassigned, all, resolved. */
  async list(name: 'mine' | 'unassigned' | 'all' | 'resolved'): Promise<void> {
    const label = this.words.conversations[name];
    await this.page.getByRole('button', { name: new RegExp(`^${label}( \\(\\d+\\))?$`) }).click();
  }

  row(text: string): Locator {
    return this.page.getByRole('option').filter({ hasText: text });
  }

  /** The messages of the thread that is open. */
  get messages(): Locator {
    return this.page.getByRole('article');
  }

  message(text: string): Locator {
    return this.messages.filter({ hasText: text });
  }

  get composer(): Locator {
    const { label, noteLabel } = this.words.composer;
    return this.page
      .getByRole('textbox', { name: label, exact: true })
      .or(this.page.getByRole('combobox', { name: label, exact: true }))
      .or(this.page.getByRole('textbox', { name: noteLabel, exact: true }))
      .or(this.page.getByRole('combobox', { name: noteLabel, exact: true }));
  }

  async reply(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async addTag(tag: string): Promise<void> {
    await this.button(this.words.tags.add).click();
    await this.page.getByRole('combobox', { name: this.words.tags.name }).fill(tag);
    await this.page.keyboard.press('Enter');
    await this.button(fill(this.words.tags.remove, { tag })).waitFor();
  }
}
