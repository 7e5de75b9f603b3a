import type { Page } from 'playwright-core';
import { type Language, words } from './words';

/** The way in: the dashboard's landing page and the page of the OpenID provider behind it. */
export class SignInPage {
  private readonly words;

  constructor(
    readonly page: Page,
    language: Language = 'en',
  ) {
    this.words = words[language];
  }

  /** The landing page's button. */
  get start() {
    return this.page.getByRole('button', { name: this.words.landing.signIn, exact: true });
  }

  get people() {
    return this.page.getByRole('listitem').getByRole('button');
  }

  person(id: string) {
    return this.page.locator(`button[name=person][value=${id}]`);
  }

  /** Signs in and waits until the dashboard knows who it is. */
  async signIn(id: string): Promise<void> {
    await this.start.click();
    await this.person(id).click();
    await this.page.getByRole('heading', { level: 1 }).waitFor();
    await this.page.waitForFunction(() => Object.keys(sessionStorage).some((key) => key.startsWith('guichet.user:')));
  }
}
