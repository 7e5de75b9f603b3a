import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  id: string;
  nodes: { target: unknown[]; html: string }[];
}

/** Fails on any violation of WCAG 2.2 A and AA, or of axe's best practices, in the page as it stands, in that state. */
export async function expectAccessible(page: Page, state?: string): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (options: object) => Promise<{ violations: Violation[] }> } };
    const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    // What passes is not described; and no rule of these needs the style sheets, or media, fetched again.
    return (await axe.run({ runOnly, resultTypes: ['violations'], preload: false })).violations;
  });
  const places = (nodes: Violation['nodes']) =>
    nodes.map(({ target, html }) => `${target.join(' ')} ${html.slice(0, 300)}`).join('\n  ');
  expect(
    violations.map(({ id, nodes }) => `${id}: ${places(nodes)}`),
    state,
  ).toEqual([]);
}
