// Writes src/api/schema.d.ts from the API's OpenAPI file; with --check, only tells whether it is up to date.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const source = new URL('../../functions/agentapi/openapi.json', import.meta.url);
const target = new URL('../src/api/schema.d.ts', import.meta.url);

const banner = '// Generated from functions/agentapi/openapi.json by `npm run generate`. Do not edit.\n\n';
const generated = banner + astToString(await openapiTS(source));

if (process.argv.includes('--check')) {
  const current = await readFile(target, 'utf8').catch(() => '');
  if (current !== generated) {
    console.error('src/api/schema.d.ts is not what functions/agentapi/openapi.json gives: run `npm run generate`.');
    process.exit(1);
  }
} else {
  await writeFile(target, generated);
}
