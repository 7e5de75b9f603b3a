import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { it } from 'vitest';

it('has a client that agrees with the API', { timeout: 60_000 }, () => {
  const script = fileURLToPath(new URL('../scripts/generate.mjs', import.meta.url));
  execFileSync(process.execPath, [script, '--check'], { stdio: 'inherit' });
});
