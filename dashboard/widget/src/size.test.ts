import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { expect, it } from 'vitest';

const LIMIT_KB = 30;

it(`is at most ${LIMIT_KB} KB compressed, in one file`, { timeout: 60_000 }, async () => {
  const root = join(import.meta.dirname, '..');
  const configFile = join(root, 'vite.config.ts');
  const [built] = (await build({
    root,
    configFile,
    logLevel: 'error',
    build: { write: false },
  })) as Rolldown.RolldownOutput[];
  const files = built?.output ?? [];
  expect(files.map(({ fileName }) => fileName)).toEqual(['widget.js']);
  const code = files[0]?.code ?? '';
  const kb = gzipSync(code, { level: 9 }).length / 1024;
  process.stdout.write(`${kb.toFixed(1)} KB  webchat/widget.js, gzip (limit ${LIMIT_KB} KB)\n`);
  expect(kb).toBeLessThanOrEqual(LIMIT_KB);
  expect(code).toMatch(/^[ -~\s]*$/); // whatever the encoding of the page
  expect(code).not.toMatch(/\beval\(|new Function|innerHTML|document\.write/);
});
