import type { Locator, Page } from 'playwright-core';

/** The webchat on the shop's page, as a visitor with a French browser has it. */
export class WidgetPage {
  readonly launcher: Locator;
  readonly log: Locator;
  readonly field: Locator;

  constructor(readonly page: Page) {
    this.launcher = page.locator('guichet-webchat button.launcher');
    this.log = page.getByRole('log', { name: 'Messages' });
    this.field = page.getByRole('textbox', { name: 'Votre message' });
  }

  async open(): Promise<void> {
    await this.launcher.click();
    await this.field.waitFor();
  }

  async write(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Enter');
  }

  async attach(name: string, mimeType: string, buffer: Buffer): Promise<void> {
    await this.page.locator('guichet-webchat input[type=file]').setInputFiles({ name, mimeType, buffer });
    await this.page.getByRole('button', { name: `Retirer ${name}` }).waitFor();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** The card of a call. */
  get call(): Locator {
    return this.page.locator('guichet-webchat section.call');
  }

  shows(text: string): Promise<void> {
    return this.log.getByText(text).waitFor();
  }
}
