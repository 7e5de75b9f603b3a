import type { Page } from 'playwright-core';

/**
 * The cheapest list that a page can have: lines of one height, drawn by hand where they are in sight, with nothing to
 * measure, style or look up. What a desk's list costs is told in multiples of this one, so that it says the same on any
 * machine.
 */
export async function openPlainList(page: Page, texts: string[], lineHeight: number, height: number): Promise<void> {
  await page.setContent(
    `<main style="block-size: ${height}px; overflow: auto"><ol style="position: relative"></ol></main>`,
  );
  await page.evaluate(
    ([lines, pixels]) => {
      const OVERSCAN = 8;
      const box = document.querySelector('main') as HTMLElement;
      const list = document.querySelector('ol') as HTMLElement;
      list.style.blockSize = `${lines.length * pixels}px`;
      const drawn = new Map<number, HTMLElement>();
      const lineAt = (index: number) => {
        const line = document.createElement('li');
        line.style.cssText = `position: absolute; inset-inline: 0; transform: translateY(${index * pixels}px)`;
        line.appendChild(document.createElement('p')).textContent = lines[index] ?? '';
        line.appendChild(document.createElement('time')).textContent = '10:42';
        return line;
      };
      const draw = () => {
        const first = Math.max(0, Math.floor(box.scrollTop / pixels) - OVERSCAN);
        const last = Math.min(lines.length, Math.ceil((box.scrollTop + box.clientHeight) / pixels) + OVERSCAN);
        for (const [index, line] of drawn) {
          if (index >= first && index < last) continue;
          line.remove();
          drawn.delete(index);
        }
        for (let index = first; index < last; index++) {
          if (!drawn.has(index)) drawn.set(index, list.appendChild(lineAt(index)));
        }
      };
      box.addEventListener('scroll', draw, { passive: true });
      draw();
    },
    [texts, lineHeight] as const,
  );
}
