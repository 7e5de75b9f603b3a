import type { BrowserContext, Page } from 'playwright-core';

/** Collects what a person who opens the browser's console would see as broken: errors, failed and refused requests. */
export class Faults {
  private readonly seen: string[] = [];
  private readonly expected: RegExp[] = [];

  follow(context: BrowserContext): void {
    context.on('page', (page) => this.followPage(page));
    context.on('weberror', (error) => this.seen.push(`uncaught: ${error.error().stack ?? error.error()}`));
    context.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? '';
      // A page that is left gives up what it was asking for.
      if (reason !== 'net::ERR_ABORTED') this.seen.push(`${reason}: ${request.method()} ${request.url()}`);
    });
    context.on('response', (response) => {
      if (response.status() >= 400) {
        this.seen.push(`${response.status()}: ${response.request().method()} ${response.url()}`);
      }
    });
  }

  private followPage(page: Page): void {
    page.on('console', (message) => {
      // The browser's own lines on responses say less than ours.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
        this.seen.push(`console: ${message.text()}`);
      }
    });
  }

  /** This test provokes these. */
  expect(...patterns: RegExp[]): void {
    this.expected.push(...patterns);
  }

  /** What was not provoked, and starts afresh. */
  take(): string[] {
    const unexpected = this.seen.filter((fault) => !this.expected.some((pattern) => pattern.test(fault)));
    this.seen.length = 0;
    this.expected.length = 0;
    return unexpected;
  }
}
