import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { launchChromium } from '../../../test/chromium';
import { FakeSite } from '../fake-site';

const root = join(import.meta.dirname, '../..');
const built = join(root, '../node_modules/.cache/webchat');
const types: Record<string, string> = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript' };

/** A site with the built widget, and a browser, for the tests of a file. What a page's policy refuses fails its test. */
export class Stage {
  site!: FakeSite;
  browser!: Browser;
  private refused: string[] = [];

  constructor() {
    beforeAll(async () => {
      await build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'error', build: { outDir: built } });
      this.browser = await launchChromium('--host-resolver-rules=MAP shop.test 127.0.0.1');
    });
    afterAll(() => this.browser.close());
    beforeEach(async () => {
      this.refused = [];
      this.site = new FakeSite((path) => (path === '/shop' || path === '/quiet-shop' ? this.shop(path) : file(path)));
      await this.site.listen();
    });
    afterEach(async () => {
      for (const context of this.browser.contexts()) await context.close();
      await this.site.close();
      expect(this.refused).toEqual([]);
    });
  }

  /** A fresh visitor on the page that embeds the widget. */
  async visit(look: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({ locale: 'fr', reducedMotion: 'reduce', ...look });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    await this.watch(page);
    await page.goto(`${this.site.origin}/webchat/demo.html`);
    await launcher(page).waitFor();
    return page;
  }

  /** A visitor who has written a first message. */
  async converse(look: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.visit(look);
    await launcher(page).click();
    await write(page, 'Bonjour');
    await log(page).getByText('Envoyé').waitFor();
    await expect.poll(() => this.site.connections).toBe(1);
    return page;
  }

  /** Another site's page, when it is asked for under another name of this machine. A quiet one allows no microphone. */
  private shop(path: string) {
    const headers: Record<string, string> = path === '/quiet-shop' ? { 'Permissions-Policy': 'microphone=()' } : {};
    const tag = `<script src="${this.site.origin}/webchat/widget.js" data-key="lavande" async></script>`;
    return { type: 'text/html', body: `<!doctype html><html lang="en">${tag}<title>Shop</title>`, headers };
  }

  private async watch(page: Page): Promise<void> {
    page.on('pageerror', (error) => this.refused.push(error.message));
    await page.exposeFunction('violated', (what: string) => this.refused.push(what));
    await page.addInitScript(() => {
      const { violated } = window as unknown as { violated: (what: string) => void };
      addEventListener('securitypolicyviolation', (event) =>
        violated(`${event.violatedDirective} ${event.blockedURI}`),
      );
    });
  }
}

function file(path: string) {
  const type = types[extname(path)];
  if (!type || !path.startsWith('/webchat/')) return undefined;
  return { type, body: readFileSync(join(built, path.slice('/webchat/'.length))) };
}

export const launcher = (page: Page): Locator => page.locator('guichet-webchat button.launcher');
export const field = (page: Page): Locator => page.getByRole('textbox', { name: 'Votre message' });
export const log = (page: Page): Locator => page.getByRole('log', { name: 'Messages' });
export const bubbles = (page: Page): Promise<string[]> => log(page).locator('.bubble').allTextContents();

export async function write(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await field(page).press('Enter');
}
