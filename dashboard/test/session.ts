import type { Page } from 'playwright-core';

/** Has the page signed in when it first loads, and leaves what becomes of the session to it from then on. */
export function keepSession(page: Page, [key, user]: readonly [key: string, user: string]): Promise<unknown> {
  return page.addInitScript(
    ([name, value]) => {
      if (sessionStorage.getItem('signed-in') !== null) return;
      sessionStorage.setItem('signed-in', '');
      sessionStorage.setItem(name, value);
    },
    [key, user] as const,
  );
}
